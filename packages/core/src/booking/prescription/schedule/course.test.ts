import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { epochMillis, instantOf, localDateOf, localStamp, nextDate, plus } from "../../../platform/index.ts";
import { courseOf, dosesFrom, durationIn, frequencyIn } from "./index.ts";

const read = <T>(reading: { value: T } | { problem: string }): T => {
  if ("problem" in reading) throw new Error(reading.problem);
  return reading.value;
};

interface Prescribed {
  readonly frequency: string;
  readonly duration: string;
  readonly startDate: string;
  readonly timezone: string;
  readonly createdAt?: string;
}

const courseFor = ({ frequency, duration, createdAt = "2026-01-01T00:00:00.000Z", ...rest }: Prescribed) =>
  courseOf({
    ...rest,
    createdAt,
    frequency: read(frequencyIn(frequency)),
    duration: read(durationIn(duration)),
  });

const MOST = 10_000;

const dosesOf = (prescribed: Prescribed): string[] => {
  const course = courseFor(prescribed);
  return dosesFrom(course, course.start, MOST);
};

/** Doses as the patient's wall clock shows them: `29T08:00` of the month. */
const onTheWall = (prescribed: Prescribed): string[] =>
  dosesOf(prescribed).map((dose) => localStamp(dose, prescribed.timezone).slice(8, 16));

const madrid = { timezone: "Europe/Madrid" };
// Madrid: 02:00 becomes 03:00 on 29 March 2026, and 03:00 becomes 02:00 on 25 October.
const spring = { ...madrid, startDate: "2026-03-28" };
const autumn = { ...madrid, startDate: "2026-10-24" };

describe("times of day", () => {
  const thrice = { frequency: "3 times a day", duration: "3 days" };

  test("are what the wall clock shows, before and after both clock changes", () => {
    expect(onTheWall({ ...thrice, ...spring })).toEqual([
      ...["28T08:00", "28T14:00", "28T20:00"],
      ...["29T08:00", "29T14:00", "29T20:00"],
      ...["30T08:00", "30T14:00", "30T20:00"],
    ]);
    expect(onTheWall({ ...thrice, ...autumn })).toEqual([
      ...["24T08:00", "24T14:00", "24T20:00"],
      ...["25T08:00", "25T14:00", "25T20:00"],
      ...["26T08:00", "26T14:00", "26T20:00"],
    ]);
  });

  test("that a clock change skips are at the change, two of them once", () => {
    expect(onTheWall({ ...spring, frequency: "at 02:10 and 02:40", duration: "3 days" })).toEqual([
      ...["28T02:10", "28T02:40", "29T03:00", "30T02:10", "30T02:40"],
    ]);
    expect(onTheWall({ ...spring, frequency: "at 02:30 and 03:00", duration: "2 days" })).toEqual([
      ...["28T02:30", "28T03:00", "29T03:00"],
    ]);
    // Midnight itself is skipped in Havana on 8 March.
    const havana = { timezone: "America/Havana", startDate: "2026-03-07" };
    expect(onTheWall({ ...havana, frequency: "at 00:00", duration: "3 days" })).toEqual([
      ...["07T00:00", "08T01:00", "09T00:00"],
    ]);
  });

  test("that occur twice are taken once, the first time", () => {
    const doses = dosesOf({ ...autumn, frequency: "at 02:30", duration: "3 days" });
    expect(doses).toEqual([
      "2026-10-24T00:30:00.000Z",
      "2026-10-25T00:30:00.000Z",
      "2026-10-26T01:30:00.000Z",
    ]);
  });

  test("begin today with those that are still to come, and are as many as on whole days", () => {
    // 15:00 in Madrid.
    const createdAt = "2026-06-10T13:00:00.000Z";
    const doses = onTheWall({ ...thrice, ...madrid, startDate: "2026-06-10", createdAt });
    expect(doses).toHaveLength(9);
    expect([doses[0], doses.at(-1)]).toEqual(["10T20:00", "13T14:00"]);
  });

  test("that have all passed today begin tomorrow", () => {
    // 21:00 in Madrid.
    const today = { ...madrid, startDate: "2026-06-10", createdAt: "2026-06-10T19:00:00.000Z" };
    expect(onTheWall({ ...today, ...thrice, duration: "1 day" })).toEqual([
      ...["11T08:00", "11T14:00", "11T20:00"],
    ]);
    expect(onTheWall({ ...today, frequency: "once a week", duration: "2 weeks" })).toEqual([
      ...["11T08:00", "18T08:00"],
    ]);
  });

  test("some days apart keep their distance and their time", () => {
    expect(onTheWall({ ...spring, frequency: "every 2 days at 09:00", duration: "5 days" })).toEqual([
      ...["28T09:00", "30T09:00", "01T09:00"],
    ]);
    expect(dosesOf({ ...spring, frequency: "once a week", duration: "ongoing" })).toHaveLength(53);
  });
});

describe("hours apart", () => {
  const eight = { frequency: "every 8 hours", duration: "2 days" };

  test("are elapsed hours, whatever the wall clock shows", () => {
    expect(onTheWall({ ...eight, ...spring })).toEqual([
      ...["28T08:00", "28T16:00", "29T00:00", "29T09:00", "29T17:00", "30T01:00"],
    ]);
    expect(onTheWall({ ...eight, ...autumn })).toEqual([
      ...["24T08:00", "24T16:00", "25T00:00", "25T07:00", "25T15:00", "25T23:00"],
    ]);
  });

  test("begin at 08:00, today at the next full hour, or at the time that is given", () => {
    const day = { ...madrid, frequency: "every 12 hours", duration: "1 day", startDate: "2026-06-10" };
    expect(onTheWall(day)).toEqual(["10T08:00", "10T20:00"]);
    // 15:20 in Madrid, and 23:20.
    const [afternoon, night] = ["2026-06-10T13:20:00.000Z", "2026-06-10T21:20:00.000Z"];
    expect(onTheWall({ ...day, createdAt: afternoon })).toEqual(["10T16:00", "11T04:00"]);
    expect(onTheWall({ ...day, createdAt: night })).toEqual(["11T00:00", "11T12:00"]);
    const given = { ...day, frequency: "every 12 hours from 06:00" };
    expect(onTheWall(given)).toEqual(["10T06:00", "10T18:00"]);
    expect(onTheWall({ ...given, createdAt: afternoon })).toEqual(["10T18:00", "11T06:00"]);
  });

  test("of the next full hour are the patient's, where the clock is half an hour off", () => {
    // 18:50 in Kolkata.
    const createdAt = "2026-06-10T13:20:00.000Z";
    const day = { frequency: "every 12 hours", duration: "1 day", startDate: "2026-06-10", createdAt };
    expect(onTheWall({ ...day, timezone: "Asia/Kolkata" })).toEqual(["10T19:00", "11T07:00"]);
  });

  test("a month of them follows the calendar", () => {
    const month = { ...madrid, frequency: "every 24 hours", duration: "1 month" };
    expect(dosesOf({ ...month, startDate: "2026-02-10" })).toHaveLength(28);
    expect(dosesOf({ ...month, startDate: "2026-03-10" })).toHaveLength(31);
    expect(dosesOf({ ...month, startDate: "2026-01-31" })).toHaveLength(28);
  });
});

test("what is taken as needed has no doses, and an end", () => {
  const needed = { ...madrid, frequency: "as needed", duration: "7 days", startDate: "2026-06-10" };
  expect(courseFor(needed)).toMatchObject({
    start: "2026-06-09T22:00:00.000Z",
    end: "2026-06-16T22:00:00.000Z",
  });
  expect(dosesOf(needed)).toEqual([]);
});

describe("in every zone, on whatever day", () => {
  const zones = fc.constantFrom(...Intl.supportedValuesOf("timeZone"));
  // Far beyond both clock changes of three years.
  const dates = fc.integer({ min: 0, max: 1095 }).map((days) => nextDate("2025-01-01", days));
  const days = fc.integer({ min: 1, max: 40 });
  const createdAt = "2024-06-01T00:00:00.000Z";

  test("hours apart are exactly that, and as many as fit", async () => {
    await fc.assert(
      fc.property(
        zones,
        dates,
        days,
        fc.integer({ min: 1, max: 48 }),
        (timezone, startDate, length, hours) => {
          const doses = dosesOf({
            ...{ timezone, startDate, createdAt },
            ...{ frequency: `every ${hours} hours`, duration: `${length} days` },
          });
          expect(doses).toHaveLength(Math.ceil((length * 24) / hours));
          for (const [index, dose] of doses.entries()) {
            expect(dose).toBe(plus(doses[0]!, { hours: hours * index }));
          }
        },
      ),
    );
  });

  const wallTimes = fc.uniqueArray(
    fc.integer({ min: 0, max: 1439 }).map((minute) => new Date(minute * 60_000).toISOString().slice(11, 16)),
    { minLength: 1, maxLength: 5 },
  );

  test("times are on every day, each as named or, where it is skipped, at the change", async () => {
    await fc.assert(
      fc.property(zones, dates, days, wallTimes, (timezone, startDate, length, times) => {
        const prescribed = {
          ...{ timezone, startDate, createdAt },
          ...{ frequency: `at ${times.join(", ")}`, duration: `${length} days` },
        };
        const doses = dosesOf(prescribed);
        const named = onTheWall(prescribed).filter((dose) => times.includes(dose.slice(3)));
        const changes = doses.filter((dose) => offsetAt(dose, timezone) !== offsetBefore(dose, timezone));
        expect(named.length + changes.length).toBeGreaterThanOrEqual(doses.length);
        expect(doses.length).toBeLessThanOrEqual(length * times.length);
        expect(doses.length).toBeGreaterThanOrEqual((length - 2) * times.length);
        expect(new Set(doses.map((dose) => localDateOf(dose, timezone))).size).toBe(length);
      }),
    );
  });

  test("doses rise, lie inside the course, and are the same however they are asked for", async () => {
    const frequencies = fc.constantFrom("every 5 hours", "4 times a day", "at 01:30, 02:30", "every 3 days");
    await fc.assert(
      fc.property(
        zones,
        dates,
        frequencies,
        fc.integer({ min: 1, max: 9 }),
        (timezone, startDate, frequency, page) => {
          const course = courseFor({ timezone, startDate, createdAt, frequency, duration: "20 days" });
          const all = dosesFrom(course, course.start, MOST);
          expect(all).toEqual([...new Set(all)].sort());
          expect([all[0], all.at(-1)! < course.end]).toEqual([course.start, true]);
          const paged: string[] = [];
          for (let from = course.start; ; ) {
            const doses = dosesFrom(course, from, page);
            paged.push(...doses);
            if (doses.length < page) break;
            from = instantOf(epochMillis(doses.at(-1)!) + 1);
          }
          expect(paged).toEqual(all);
        },
      ),
    );
  });
});

const offsetAt = (instant: string, zone: string): string => localStamp(instant, zone).slice(19);
const offsetBefore = (instant: string, zone: string): string =>
  offsetAt(instantOf(epochMillis(instant) - 1), zone);
