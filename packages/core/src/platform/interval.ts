import type { Instant } from "./instant.ts";

/** A stretch of time from `start` up to, but not including, `end`: one that ends at 10:00 leaves 10:00 free. */
export interface Interval {
  readonly start: Instant;
  readonly end: Instant;
}
