import { expect, test } from "vitest";
import { dealt } from "./deal.ts";

const MONTH = { doctors: 20, days: 30, bookings: 2_101, kills: 7, seed: 1 };

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

test("one stage has all clinics and lives by the seed itself", () => {
  const zones = ["America/Mexico_City", "America/New_York", "Europe/Madrid", "America/Sao_Paulo"];
  expect(dealt(MONTH, 1)).toEqual([{ ...MONTH, zones }]);
});

test("of two stages each has a clinic that takes deposits", () => {
  expect(dealt(MONTH, 2).map(({ zones }) => zones)).toEqual([
    ["America/Mexico_City", "America/Sao_Paulo"],
    ["America/New_York", "Europe/Madrid"],
  ]);
});

test.each([1, 2, 3, 4])("%i stages have each clinic once, and all who book and all kills", (stages) => {
  const months = dealt(MONTH, stages);
  const zones = months.flatMap((month) => month.zones!);
  expect([zones.length, new Set(zones).size]).toEqual([4, 4]);
  expect(sum(months.map(({ bookings }) => bookings))).toBe(MONTH.bookings);
  expect(sum(months.map(({ kills }) => kills))).toBe(MONTH.kills);
  expect(new Set(months.map(({ seed }) => seed)).size).toBe(stages);
});

test("who has more doctors has more of those who book", () => {
  const months = dealt({ ...MONTH, doctors: 5, bookings: 100 }, 4);
  expect(months.map(({ bookings }) => bookings)).toEqual([40, 20, 20, 20]);
});
