import { expect, test } from "vitest";
import { Listing } from "../scheduling/index.ts";
import { anOpenDay, ask, book, doctorOf, known, meter, once, slotAt, testContext } from "../testing/index.ts";
import { Request, Reservation } from "./index.ts";

// Tuesday, 09:00 and 09:20 in Mexico City: the same hour.
const NINE = "2026-03-03T15:00:00.000Z";
const TWENTY_PAST = "2026-03-03T15:20:00.000Z";

const given = async () => {
  const context = await testContext();
  const day = await anOpenDay(context, "2026-03-03");
  // What is read with every request is remembered from the first one on.
  await Listing.list(context, day.practice, { from: NINE, to: TWENTY_PAST, limit: 1 });
  return { context, ...day, used: meter(context) };
};

test("a request costs at most 11 write units in one round trip", async () => {
  const { context, practice, service, used } = await given();
  await ask(context, practice, service, NINE);
  const { roundTrips, writeUnits } = used.take();
  expect(roundTrips).toBe(1);
  expect(writeUnits).toBeLessThanOrEqual(11);
});

test("an approval costs at most 13 write units", async () => {
  const { context, practice, service, used } = await given();
  const { requestId } = await ask(context, practice, service, NINE);
  used.take();
  await Request.approve(context, doctorOf(practice), known(practice), {
    requestId,
    operation: once(context),
  });
  const { roundTrips, writeUnits } = used.take();
  expect(roundTrips).toBe(2);
  expect(writeUnits).toBeLessThanOrEqual(13);
});

test("cancelling a reservation costs at most 10 write units", async () => {
  const { context, practice, service, used } = await given();
  const { reservationId } = await book(context, practice, service, NINE);
  used.take();
  await Reservation.cancel(context, doctorOf(practice), { reservationId, operation: once(context) });
  const { roundTrips, writeUnits } = used.take();
  expect(roundTrips).toBe(2);
  expect(writeUnits).toBeLessThanOrEqual(10);
});

test("moving a reservation inside its hour costs at most 16 write units", async () => {
  const { context, practice, service, used } = await given();
  const { reservationId } = await book(context, practice, service, NINE);
  used.take();
  const slotId = slotAt(practice, service, TWENTY_PAST);
  await Reservation.reschedule(context, doctorOf(practice), known(practice), {
    reservationId,
    slotId,
    operation: once(context),
  });
  const { roundTrips, writeUnits } = used.take();
  expect(roundTrips).toBe(2);
  expect(writeUnits).toBeLessThanOrEqual(16);
});

test("listing a day costs at most 2.5 read units in one wave of two reads", async () => {
  const { context, practice, used } = await given();
  const day = { from: "2026-03-03T06:00:00.000Z", to: "2026-03-04T06:00:00.000Z", limit: 200 };
  const { items } = await Listing.list(context, practice, day);
  const { roundTrips, readUnits } = used.take();
  expect(items).toHaveLength(12);
  expect(roundTrips).toBe(2);
  expect(readUnits).toBeLessThanOrEqual(2.5);
});
