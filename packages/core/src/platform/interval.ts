import type { Instant } from "./instant.ts";

/** A stretch of time from `start` up to, but not including, `end`: one that ends at 10:00 leaves 10:00 free. */
export interface Interval {
  readonly start: Instant;
  readonly end: Instant;
}

/** Whether two stretches share some time. */
export const overlap = (a: Interval, b: Interval): boolean => a.start < b.end && b.start < a.end;
