import { expect, test } from "vitest";
import {
  epochSeconds,
  Instant,
  InstantInput,
  instantOf,
  minus,
  minutesBetween,
  plus,
  utcDateOf,
} from "./instant.ts";
import { percentOf } from "./money.ts";

test("instants have one form, whatever was written, and so compare as text", () => {
  const same = ["2026-03-03T15:00:00Z", "2026-03-03T09:00:00-06:00", "2026-03-03T15:00:00.000Z"];
  expect(new Set(same.map(instantOf))).toEqual(new Set(["2026-03-03T15:00:00.000Z"]));
  for (const text of same) expect(InstantInput.safeParse(text).success).toBe(true);
  expect(same.map((text) => Instant.safeParse(text).success)).toEqual([false, false, true]);
  for (const text of ["2026-03-03", "2026-03-03T15:00:00", "noon"]) {
    expect(InstantInput.safeParse(text).success).toBe(false);
  }
});

test("elapsed time is added and taken, over every change of a clock", () => {
  const start = "2026-03-29T00:30:00.000Z";
  expect(plus(start, { days: 1, hours: 1, minutes: 5, seconds: 1 })).toBe("2026-03-30T01:35:01.000Z");
  expect(minus(plus(start, { minutes: 45 }), { minutes: 45 })).toBe(start);
  expect(minutesBetween(start, plus(start, { hours: 2 }))).toBe(120);
  expect(minutesBetween(start, minus(start, { minutes: 5 }))).toBe(-5);
});

test("in epoch seconds an instant is rounded up, so that what ends with it never ends before", () => {
  expect(epochSeconds("2026-03-03T15:00:00.000Z")).toBe(1_772_550_000);
  expect(epochSeconds("2026-03-03T15:00:00.001Z")).toBe(1_772_550_001);
});

test("the day of an instant is that of UTC, up to its last moment", () => {
  expect(utcDateOf(instantOf("2026-03-03T18:00:00-06:00"))).toBe("2026-03-04");
  expect(utcDateOf("2026-03-04T23:59:59.999Z")).toBe("2026-03-04");
});

test("a share of an amount is whole, rounded half up", () => {
  expect([percentOf(33_333, 50), percentOf(33_335, 10), percentOf(1, 49), percentOf(60_000, 100)]).toEqual([
    16_667, 3_334, 0, 60_000,
  ]);
});
