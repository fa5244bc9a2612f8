import * as z from "zod";

const sealedFields = z.registry<{ sealed: true }>();

/**
 * Marks a field that tells who a person is or how they are: it leaves the table encrypted.
 *
 * The mark is on a copy: fields that share the schema stay readable.
 */
export const sealed = <Schema extends z.ZodType>(schema: Schema): Schema => {
  const own = schema.clone();
  sealedFields.add(own, { sealed: true });
  return own;
};

const isSealedField = (schema: z.core.$ZodType): boolean =>
  sealedFields.has(schema) || (schema instanceof z.ZodOptional && isSealedField(schema.unwrap()));

export interface EventDefinition<Shape extends z.ZodRawShape = z.ZodRawShape> {
  /** The fact as the domain writes it, in the clear. */
  readonly schema: z.ZodObject<Shape>;
  /** The same with every sealed field as opaque text: what travels. */
  readonly wire: z.ZodObject;
  readonly sealed: readonly string[];
}

export function event<Shape extends z.ZodRawShape>(shape: Shape): EventDefinition<Shape> {
  const names = Object.keys(shape).filter((name) => isSealedField(shape[name]!));
  const opaque = names.map((name) => {
    const text = z.string();
    return [name, shape[name] instanceof z.ZodOptional ? text.optional() : text] as const;
  });
  const schema = z.object(shape);
  return { schema, sealed: names, wire: z.object({ ...shape, ...Object.fromEntries(opaque) }) };
}
