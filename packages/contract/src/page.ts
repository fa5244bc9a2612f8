import * as z from "zod";

const Cursor = z
  .string()
  .max(4000)
  .meta({ description: "Opaque; the `nextCursor` of the page before, with the same filters" });

/** How a list is cut into pages. */
export const pageQuery = (limit: { usual: number; most: number }) => ({
  limit: z.coerce
    .number<string | number>()
    .int()
    .min(1)
    .max(limit.most)
    .default(limit.usual)
    .meta({ description: `At most so many items; ${limit.usual} when left out` }),
  cursor: Cursor.optional(),
});

/** A list that goes on: a page may be short while there is more; the last one has no `nextCursor`. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: Cursor.optional() });

/** A list that is always whole. */
export const listOf = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item) });
