import { Organization } from "@turno/core/identity";
import { type Context, Counter, type Instant, localDateOf } from "@turno/core/platform";

interface Happened extends Omit<Counter.Occurrence, "date"> {
  readonly at: Instant;
}

/** Counts what happened, once, on the clinic's day on which it did. */
export async function countOnDay(context: Context, { at, ...count }: Happened): Promise<void> {
  const { timezone } = await Organization.get(context, count.organizationId);
  await Counter.count(context, { ...count, date: localDateOf(at, timezone) });
}
