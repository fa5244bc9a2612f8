import { expect, test } from "vitest";
import { evidenceOf } from "./evidence.ts";
import { busy } from "./habits.ts";
import { liveThrough } from "./month.ts";
import { isMet } from "./report.ts";
import { resultsOf } from "./results.ts";

const DAYS = { doctors: 4, days: 3, bookings: 50, kills: 1, seed: 2, habits: busy };

/** A day without one of these would show nothing of it. */
const DEEDS = [
  ...["ask", "approve", "reject", "cancel", "cancel by clinic", "move", "complete", "no-show", "pay"],
  ...["reply confirm", "reply cancel", "reply reschedule", "reply move", "reply read", "reply stop"],
  ...["wait", "offer", "accept an offer", "prescribe"],
];

test("three days with failing providers and a kill end as they should", async () => {
  const { results, counts, payments } = await liveThrough(DAYS, async (month) => ({
    results: resultsOf([await evidenceOf(month)]),
    counts: month.book.counts,
    payments: await month.office.ask((turno) => turno.payments()),
  }));
  expect(results.filter((result) => !isMet(result))).toEqual([]);
  expect(DEEDS.filter((deed) => !counts.has(deed))).toEqual([]);
  expect(payments.flatMap(({ refunds }) => refunds)).not.toEqual([]);
}, 900_000);
