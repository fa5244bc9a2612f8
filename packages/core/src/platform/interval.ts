import type { Instant } from "./instant.ts";

/** A stretch of time from `start` up to, but not including, `end`. */
export interface Interval {
  readonly start: Instant;
  readonly end: Instant;
}

/** Half-open: an interval that ends at 10:00 does not overlap one that starts at 10:00. */
export const overlaps = (a: Interval, b: Interval): boolean => a.start < b.end && b.start < a.end;

export const within = (inner: Interval, outer: Interval): boolean =>
  outer.start <= inner.start && inner.end <= outer.end;
