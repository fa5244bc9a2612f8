import { expect, test } from "vitest";
import { spreadOf } from "./statistics.ts";

test("percentiles are measured values, whatever the order they came in", () => {
  const values = Array.from({ length: 200 }, (_, index) => ((index * 77) % 200) + 1);
  expect(spreadOf(values)).toEqual({ count: 200, p50: 100, p95: 190, p99: 198, worst: 200 });
});

test("of few values the worst is the 99th percentile", () => {
  expect(spreadOf([30, 10, 20])).toEqual({ count: 3, p50: 20, p95: 30, p99: 30, worst: 30 });
});

test("a single value is every percentile", () => {
  expect(spreadOf([7])).toEqual({ count: 1, p50: 7, p95: 7, p99: 7, worst: 7 });
});

test("values sort as numbers, and are left as they were", () => {
  const values = [100, 9, 10];
  expect(spreadOf(values).p50).toBe(10);
  expect(values).toEqual([100, 9, 10]);
});

test("a spread of nothing is refused", () => {
  expect(() => spreadOf([])).toThrow(RangeError);
});
