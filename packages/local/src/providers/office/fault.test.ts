import { expect, test } from "vitest";
import { faults } from "./index.ts";

const MANY = 1_000;
const isHit = (fault: object): boolean => "answer" in fault;

/** Which of the next calls fail, counted from 1. */
const hits = (upcoming: ReturnType<typeof faults>, calls: number, provider = "twilio" as const): number[] =>
  Array.from({ length: calls }, (_, index) => (isHit(upcoming.next(provider)) ? index + 1 : 0)).filter(
    Boolean,
  );

test.each([
  [0.05, [20, 40, 60, 80, 100]],
  [0.25, [4, 8, 12, 16, 20]],
  [0.4, [3, 5, 8, 10, 13]],
  [1, [1, 2, 3, 4, 5]],
  [0, []],
])("a share of %d hits evenly", (share, first) => {
  const upcoming = faults();
  upcoming.set({ times: MANY, share, answer: "fault" });
  expect(hits(upcoming, 100).slice(0, 5)).toEqual(first);
});

test("a share is kept to the call over a long time", () => {
  const upcoming = faults();
  upcoming.set({ times: MANY, share: 0.29, answer: "fault" });
  expect(hits(upcoming, 100)).toHaveLength(29);
});

test("a share goes on where it was when it comes again with another fault, also after a time when all failed", () => {
  const upcoming = faults();
  upcoming.set({ times: MANY, share: 0.25, answer: "fault" });
  expect(hits(upcoming, 3)).toEqual([]);
  upcoming.set({ times: MANY, share: 0.25, answer: "busy" });
  expect(upcoming.next("twilio")).toMatchObject({ answer: "busy" });
  expect(hits(upcoming, 2)).toEqual([]);
  upcoming.set({ times: 1, answer: "fault" });
  expect(hits(upcoming, 1)).toEqual([1]);
  upcoming.set({ times: MANY, share: 0.25, answer: "fault" });
  expect(hits(upcoming, 5)).toEqual([2]);
});

test("another share begins anew, and each provider counts its own calls", () => {
  const upcoming = faults();
  upcoming.set({ times: MANY, share: 0.5, answer: "fault" });
  expect(isHit(upcoming.next("twilio"))).toBe(false);
  expect(isHit(upcoming.next("meta"))).toBe(false);
  expect(isHit(upcoming.next("twilio"))).toBe(true);
  upcoming.set({ times: MANY, share: 0.25, answer: "fault" });
  expect(hits(upcoming, 8)).toEqual([4, 8]);
});

test("a share uses up its calls, hit or not", () => {
  const upcoming = faults();
  upcoming.set({ times: 4, share: 0.5, answer: "fault" });
  expect(hits(upcoming, 8)).toEqual([2, 4]);
});
