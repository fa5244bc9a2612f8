import { expect, test } from "vitest";
import { liveThrough } from "./month.ts";
import { isMet } from "./report.ts";
import { resultsOf } from "./results.ts";

const DAYS = { doctors: 4, days: 3, bookings: 40, kills: 1, seed: 2 };

test("three days with failing providers and a kill end as they should", async () => {
  const { results, visits } = await liveThrough(DAYS, async (month) => ({
    results: await resultsOf(month),
    visits: month.book.visits.length,
  }));
  expect(results.filter((result) => !isMet(result))).toEqual([]);
  expect(visits).toBeGreaterThan(20);
}, 900_000);
