import type { Refusal } from "../../platform/index.ts";

/**
 * Ends each of what is overdue and returns those that it ended: not those of which `Ended` says that somebody was faster,
 * nor those that it throws for when all are done.
 */
export async function endEach<T>(
  overdue: readonly T[],
  end: (one: T) => Promise<void>,
  Ended: abstract new (...facts: never[]) => Refusal,
): Promise<T[]> {
  const done: T[] = [];
  const failures: unknown[] = [];
  for (const one of overdue) {
    try {
      await end(one);
      done.push(one);
    } catch (error) {
      if (!(error instanceof Ended)) failures.push(error);
    }
  }
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} of ${overdue.length} did not end`);
  return done;
}
