import { describe, expect, test } from "vitest";
import {
  datesBetween,
  dayOfWeek,
  instantAt,
  localDateOf,
  localStamp,
  minutesOfDay,
  nextDate,
  startOfDay,
  WallTime,
  windowEndAt,
  Zone,
} from "./zone.ts";

const at = (date: string, time: string, zone: string) => instantAt(date, minutesOfDay(time), zone);
const endsAt = (date: string, time: string, zone: string) => windowEndAt(date, minutesOfDay(time), zone);

describe("a time on the wall clock", () => {
  test.each([
    // Madrid: 02:00 becomes 03:00 on 29 March 2026, and 03:00 becomes 02:00 on 25 October.
    ["Europe/Madrid", "2026-03-28", "2026-03-28T08:00:00.000Z", "2026-03-28T09:00:00+01:00"],
    ["Europe/Madrid", "2026-03-29", "2026-03-29T07:00:00.000Z", "2026-03-29T09:00:00+02:00"],
    ["Europe/Madrid", "2026-10-24", "2026-10-24T07:00:00.000Z", "2026-10-24T09:00:00+02:00"],
    ["Europe/Madrid", "2026-10-25", "2026-10-25T08:00:00.000Z", "2026-10-25T09:00:00+01:00"],
    // New York: 02:00 becomes 03:00 on 8 March, and 02:00 becomes 01:00 on 1 November.
    ["America/New_York", "2026-03-07", "2026-03-07T14:00:00.000Z", "2026-03-07T09:00:00-05:00"],
    ["America/New_York", "2026-03-08", "2026-03-08T13:00:00.000Z", "2026-03-08T09:00:00-04:00"],
    ["America/New_York", "2026-10-31", "2026-10-31T13:00:00.000Z", "2026-10-31T09:00:00-04:00"],
    ["America/New_York", "2026-11-01", "2026-11-01T14:00:00.000Z", "2026-11-01T09:00:00-05:00"],
    // Mexico City has changed no clock since 2022; before, it did on the first Sunday of April.
    ["America/Mexico_City", "2026-04-04", "2026-04-04T15:00:00.000Z", "2026-04-04T09:00:00-06:00"],
    ["America/Mexico_City", "2026-04-05", "2026-04-05T15:00:00.000Z", "2026-04-05T09:00:00-06:00"],
    ["America/Mexico_City", "2026-10-25", "2026-10-25T15:00:00.000Z", "2026-10-25T09:00:00-06:00"],
    // Lord Howe moves by half an hour.
    ["Australia/Lord_Howe", "2026-04-04", "2026-04-03T22:00:00.000Z", "2026-04-04T09:00:00+11:00"],
    ["Australia/Lord_Howe", "2026-04-05", "2026-04-04T22:30:00.000Z", "2026-04-05T09:00:00+10:30"],
    // The ends of the world, 25 hours apart.
    ["Pacific/Kiritimati", "2026-03-03", "2026-03-02T19:00:00.000Z", "2026-03-03T09:00:00+14:00"],
    ["Pacific/Pago_Pago", "2026-03-03", "2026-03-03T20:00:00.000Z", "2026-03-03T09:00:00-11:00"],
    ["America/Mexico_City", "2028-02-29", "2028-02-29T15:00:00.000Z", "2028-02-29T09:00:00-06:00"],
  ])("%s: 09:00 on %s is %s and shows as %s", (zone, date, instant, stamp) => {
    expect(at(date, "09:00", zone)).toBe(instant);
    expect(localStamp(instant, zone)).toBe(stamp);
    expect(localDateOf(instant, zone)).toBe(date);
  });

  test.each([
    ["Europe/Madrid", "2026-03-29", ["02:00", "02:30", "02:59"], "03:00", "2026-03-29T01:00:00.000Z"],
    ["America/New_York", "2026-03-08", ["02:00", "02:30", "02:59"], "03:00", "2026-03-08T07:00:00.000Z"],
    ["Australia/Lord_Howe", "2026-10-04", ["02:00", "02:29"], "02:30", "2026-10-03T15:30:00.000Z"],
    // Midnight itself is skipped.
    ["America/Havana", "2026-03-08", ["00:00", "00:30"], "01:00", "2026-03-08T05:00:00.000Z"],
    ["Africa/Cairo", "2026-04-24", ["00:00", "00:59"], "01:00", "2026-04-23T22:00:00.000Z"],
  ])("%s: on %s the times %s do not occur, and %s is %s", (zone, date, skipped, first, instant) => {
    for (const time of skipped) {
      expect(at(date, time, zone)).toBeUndefined();
      expect(endsAt(date, time, zone)).toBe(instant);
    }
    expect(at(date, first, zone)).toBe(instant);
  });

  test.each([
    ["Europe/Madrid", "2026-10-25", "02:30", "2026-10-25T00:30:00.000Z", "2026-10-25T02:30:00+02:00"],
    ["America/New_York", "2026-11-01", "01:30", "2026-11-01T05:30:00.000Z", "2026-11-01T01:30:00-04:00"],
    ["Australia/Lord_Howe", "2026-04-05", "01:45", "2026-04-04T14:45:00.000Z", "2026-04-05T01:45:00+11:00"],
    ["America/Havana", "2026-11-01", "00:30", "2026-11-01T04:30:00.000Z", "2026-11-01T00:30:00-04:00"],
    ["Africa/Cairo", "2026-10-29", "23:30", "2026-10-29T20:30:00.000Z", "2026-10-29T23:30:00+03:00"],
  ])("%s: on %s at %s, which occurs twice, means the first: %s", (zone, date, time, instant, stamp) => {
    expect(at(date, time, zone)).toBe(instant);
    expect(localStamp(instant, zone)).toBe(stamp);
  });
});

describe("a day", () => {
  test.each([
    ["Europe/Madrid", "2026-03-29", "2026-03-28T23:00:00.000Z", "2026-03-29T22:00:00.000Z"],
    ["Europe/Madrid", "2026-10-25", "2026-10-24T22:00:00.000Z", "2026-10-25T23:00:00.000Z"],
    // Begins at 01:00, the first time that it has.
    ["America/Havana", "2026-03-08", "2026-03-08T05:00:00.000Z", "2026-03-09T04:00:00.000Z"],
    ["Africa/Cairo", "2026-04-24", "2026-04-23T22:00:00.000Z", "2026-04-24T21:00:00.000Z"],
    // Its midnight occurs twice.
    ["America/Havana", "2026-11-01", "2026-11-01T04:00:00.000Z", "2026-11-02T05:00:00.000Z"],
    ["Pacific/Kiritimati", "2026-12-31", "2026-12-30T10:00:00.000Z", "2026-12-31T10:00:00.000Z"],
    ["Pacific/Pago_Pago", "2026-12-31", "2026-12-31T11:00:00.000Z", "2027-01-01T11:00:00.000Z"],
  ])("%s: %s goes from %s to %s, which is 24:00", (zone, date, start, end) => {
    expect(startOfDay(date, zone)).toBe(start);
    expect(startOfDay(nextDate(date), zone)).toBe(end);
    expect(endsAt(date, "24:00", zone)).toBe(end);
    expect(localDateOf(start, zone)).toBe(date);
    expect(localDateOf(end, zone)).toBe(nextDate(date));
  });

  test("before a day whose midnight is skipped ends with the change", () => {
    // Havana, 7 March 2026: after 23:59:59 comes 01:00.
    expect(endsAt("2026-03-07", "24:00", "America/Havana")).toBe("2026-03-08T05:00:00.000Z");
    expect(at("2026-03-07", "24:00", "America/Havana")).toBeUndefined();
  });
});

test("dates follow each other over months, years and leap days", () => {
  expect(datesBetween("2028-02-28", "2028-03-01")).toEqual(["2028-02-28", "2028-02-29", "2028-03-01"]);
  expect(datesBetween("2026-12-31", "2027-01-01")).toEqual(["2026-12-31", "2027-01-01"]);
  expect(datesBetween("2026-03-02", "2026-03-01")).toEqual([]);
  expect(nextDate("2026-02-28")).toBe("2026-03-01");
});

test("the week begins on Sunday, with 0", () => {
  expect(["2026-03-01", "2026-03-02", "2026-03-07"].map(dayOfWeek)).toEqual([0, 1, 6]);
});

test("only times and zones that there are pass", () => {
  for (const time of ["00:00", "09:05", "23:59", "24:00"])
    expect(WallTime.safeParse(time).success).toBe(true);
  for (const time of ["24:01", "9:00", "12:60", ""]) expect(WallTime.safeParse(time).success).toBe(false);
  expect(Zone.safeParse("America/Mexico_City").success).toBe(true);
  for (const zone of ["Mexico", "America/Atlantis", ""]) expect(Zone.safeParse(zone).success).toBe(false);
});
