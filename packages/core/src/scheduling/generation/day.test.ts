import { expect, test } from "vitest";
import { aPractice, testContext } from "../../testing/index.ts";
import { Generation } from "../index.ts";

// Monday, 2 March 2026, 23:30 in Mexico City: already Tuesday in UTC.
const LATE_EVENING = "2026-03-03T05:30:00.000Z";

const given = async () => {
  const context = await testContext({ now: LATE_EVENING });
  return { context, practice: aPractice(context, { horizonDays: 2 }) };
};

test("a calendar reaches from its own today to its horizon", async () => {
  const { context, practice } = await given();
  expect(Generation.horizon(context, practice)).toEqual(["2026-03-02", "2026-03-03", "2026-03-04"]);
  expect(Generation.horizon(context, practice, "2026-03-04")).toEqual(["2026-03-04"]);
  expect(Generation.horizon(context, practice, "2026-01-01")).toHaveLength(3);
  expect(Generation.horizon(context, practice, "2026-03-05")).toEqual([]);
});

test("days that were made are open no more, and every midnight opens one", async () => {
  const { context, practice } = await given();
  await Generation.noteDay(context, practice, "2026-03-03");
  await Generation.noteDay(context, practice, "2026-03-03");
  expect(await Generation.openDays(context, practice)).toEqual(["2026-03-02", "2026-03-04"]);
  await Generation.noteDay(context, practice, "2026-03-02");
  await Generation.noteDay(context, practice, "2026-03-04");
  expect(await Generation.openDays(context, practice)).toEqual([]);
  context.pass({ minutes: 30 });
  expect(await Generation.openDays(context, practice)).toEqual(["2026-03-05"]);
});

test("one calendar's days say nothing of another's", async () => {
  const { context, practice } = await given();
  await Generation.noteDay(context, aPractice(context), "2026-03-03");
  expect(await Generation.openDays(context, practice)).toHaveLength(3);
});
