import { describe, expect, test } from "vitest";
import { aPractice, meter, offer, openDaily, testContext } from "../../testing/index.ts";
import { Generation } from "../index.ts";

// Monday, 2 March 2026, 23:30 in Mexico City: already Tuesday in UTC.
const LATE_EVENING = "2026-03-03T05:30:00.000Z";

const given = async () => {
  const context = await testContext({ now: LATE_EVENING });
  return { context, practice: aPractice(context, { horizonDays: 2 }) };
};

test("a calendar's days are those from its own today to its horizon", async () => {
  const { context, practice } = await given();
  expect(await Generation.days(context, practice)).toEqual(["2026-03-02", "2026-03-03", "2026-03-04"]);
  expect(await Generation.days(context, practice, [{ from: "2026-03-04" }])).toEqual(["2026-03-04"]);
  expect(await Generation.days(context, practice, [{ from: "2026-01-01" }])).toHaveLength(3);
  expect(await Generation.days(context, practice, [{ from: "2026-03-05" }])).toEqual([]);
  expect(await Generation.days(context, practice, [{ from: "2026-01-01", to: "2026-01-01" }])).toEqual([]);
});

describe("of the days after its horizon", () => {
  /** 20 March has slots, the last of them on the 21st in UTC; 25 March was made and has none. */
  const givenLater = async () => {
    const { context, practice } = await given();
    await offer(context, practice);
    await openDaily(context, practice, { startTime: "17:00", endTime: "20:00" });
    await Generation.generate(context, practice, { from: "2026-03-20", to: "2026-03-20" });
    await Generation.noteDay(context, practice, "2026-03-25");
    return { context, practice };
  };

  test("a calendar has those that have slots and those that were made", async () => {
    const { context, practice } = await givenLater();
    const near = ["2026-03-02", "2026-03-03", "2026-03-04"];
    expect(await Generation.days(context, practice)).toEqual([...near, "2026-03-20", "2026-03-25"]);
  });

  test("those on some dates alone are found, each once", async () => {
    const { context, practice } = await givenLater();
    const days = (...dates: Generation.Dates[]) => Generation.days(context, practice, dates);
    expect(await days({ from: "2026-03-20", to: "2026-03-20" })).toEqual(["2026-03-20"]);
    expect(await days({ from: "2026-03-21", to: "2026-03-24" })).toEqual([]);
    const several = [
      { from: "2026-03-25" },
      { from: "2026-03-04", to: "2026-03-04" },
      { from: "2026-03-25" },
    ];
    expect(await days(...several)).toEqual(["2026-03-04", "2026-03-25"]);
  });

  test("nothing is read for dates before it", async () => {
    const { context, practice } = await given();
    const used = meter(context);
    await Generation.days(context, practice, [{ from: "2026-03-02", to: "2026-03-04" }]);
    expect(used.take().roundTrips).toBe(0);
    await Generation.days(context, practice);
    expect(used.take()).toMatchObject({ roundTrips: 2, readUnits: 1 });
  });
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
