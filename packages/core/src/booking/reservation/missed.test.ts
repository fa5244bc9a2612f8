import { expect, test } from "vitest";
import {
  anOpenDay,
  book,
  doctorOf,
  factsOf,
  known,
  meter,
  once,
  outcomesOf,
  slotAt,
  testContext,
  toldEvents,
} from "../../testing/index.ts";
import { Reservation } from "../index.ts";

// Tuesday, 09:00 in Mexico City; a visit takes 20 minutes, and the grace is an hour.
const NINE = "2026-03-03T15:00:00.000Z";
const WITH_GRACE = "2026-03-03T16:20:00.000Z";

const given = async (noShow: { graceMinutes?: number; action?: "no_show" | "review" } = {}) => {
  const context = await testContext();
  const day = await anOpenDay(context, "2026-03-03");
  const { practice, service } = day;
  const { organizationId, timezone } = practice;
  const clinic = {
    ...{ organizationId, zones: [timezone] },
    noShow: { graceMinutes: 60, action: "no_show" as const, ...noShow },
  };
  const { reservationId } = await book(context, practice, service, NINE);
  const doctor = doctorOf(practice);
  const ending = () => ({ reservationId, operation: once(context) });
  return {
    ...{ context, ...day, clinic, reservationId, doctor, ending },
    missed: () => Reservation.missed(context, clinic, 24),
    endMissed: () => Reservation.endMissed(context, clinic, reservationId),
    view: () => Reservation.view(context, doctor, reservationId),
    complete: () => Reservation.complete(context, doctor, {}, ending()),
  };
};

test("a visit is missed when its time and the clinic's grace went by, for a day", async () => {
  const { context, missed, reservationId } = await given();
  context.at("2026-03-03T16:19:59.999Z");
  expect(await missed()).toEqual([]);
  context.at(WITH_GRACE);
  expect(await missed()).toEqual([reservationId]);
  // Wednesday, shortly before midnight: the page of Tuesday is read as long as it is yesterday's.
  context.at("2026-03-05T05:59:00.000Z");
  expect(await missed()).toEqual([reservationId]);
  context.at("2026-03-06T15:00:00.000Z");
  expect(await missed()).toEqual([]);
});

test("a late evening's visit is found past midnight, with the longest grace two days later", async () => {
  const { context, practice, service, clinic } = await given({ graceMinutes: 1440 });
  const { reservationId } = await book(context, practice, service, "2026-03-03T18:40:00.000Z");
  context.at("2026-03-04T18:59:59.999Z");
  expect(await Reservation.missed(context, clinic, 24)).not.toContain(reservationId);
  context.at("2026-03-05T06:00:00.000Z");
  expect(await Reservation.missed(context, clinic, 24)).toContain(reservationId);
});

test("a visit is found on its calendar's day, whatever day it is for another calendar of the clinic", async () => {
  const context = await testContext();
  const { practice, service } = await anOpenDay(context, "2026-03-03", {}, { timezone: "Asia/Kolkata" });
  const { reservationId } = await book(context, practice, service, "2026-03-03T03:30:00.000Z");
  const { organizationId, timezone } = practice;
  const noShow = { graceMinutes: 60, action: "no_show" } as const;
  // In New York it is Monday, 23:50.
  context.at("2026-03-03T04:50:00.000Z");
  const clinic = { organizationId, zones: ["America/New_York", timezone] as const, noShow };
  expect(await Reservation.missed(context, clinic, 24)).toEqual([reservationId]);
});

test("looking reads the clinic's pages of yesterday and today", async () => {
  const { context, missed } = await given();
  context.at(WITH_GRACE);
  const used = meter(context);
  await missed();
  expect(used.take()).toMatchObject({ roundTrips: 2, writeUnits: 0 });
});

test("a missed visit becomes a no-show of the system's, told once", async () => {
  const { context, endMissed, missed, view } = await given();
  context.at(WITH_GRACE);
  expect([await endMissed(), await endMissed()]).toEqual(["no_show", "no_show"]);
  expect(await view()).toMatchObject({ status: "no_show", endedAt: WITH_GRACE });
  expect(await factsOf(context, "reservation/no-show")).toHaveLength(1);
  expect(await missed()).toEqual([]);
});

test("where the clinic wants to look itself, a missed visit stands and waits in the agenda", async () => {
  const { context, practice, doctor, endMissed, missed, view, complete } = await given({ action: "review" });
  context.at(WITH_GRACE);
  expect([await endMissed(), await endMissed()]).toEqual(["to-review", "to-review"]);
  expect(await missed()).toEqual([]);
  expect(await factsOf(context, "reservation/to-review")).toHaveLength(1);
  expect(await view()).toMatchObject({ status: "confirmed", toReview: true });
  const agenda = (toReview = false) =>
    Reservation.agenda(context, doctor, practice, { from: "2026-03-03", to: "2026-03-03", toReview });
  const day = (toReview: boolean) =>
    Reservation.clinicDay(context, doctor, practice.organizationId, { date: "2026-03-03", toReview });
  expect([await agenda(), await agenda(true), await day(true)]).toMatchObject(
    [1, 2, 3].map(() => [{ toReview: true }]),
  );
  await complete();
  expect(await agenda()).toMatchObject([{ status: "completed", toReview: false }]);
  expect([await agenda(true), await day(true)]).toEqual([[], []]);
  expect(await view()).toMatchObject({ toReview: false });
});

test("whoever ended it meanwhile wins", async () => {
  for (const action of ["no_show", "review"] as const) {
    const { context, endMissed, complete, view } = await given({ action });
    context.at(WITH_GRACE);
    await complete();
    expect(await endMissed()).toBe("ended");
    expect(await view()).toMatchObject({ status: "completed" });
  }
});

test("of a completion and the sweep at once one wins, and the visit can still be put right", async () => {
  for (let round = 0; round < 5; round++) {
    const { context, endMissed, complete, view } = await given();
    context.at(WITH_GRACE);
    const [completed] = await Promise.all([outcomesOf([complete()]), endMissed()]);
    if (completed[0] !== "done") await complete();
    expect(await view()).toMatchObject({ status: "completed" });
  }
});

test("a visit that took place is put right within a day, and stays a no-show after that", async () => {
  const { context, endMissed, complete, view } = await given();
  context.at(WITH_GRACE);
  await endMissed();
  context.pass({ hours: 24 });
  await complete();
  expect(await view()).toMatchObject({ status: "completed" });
  expect((await toldEvents(context)).slice(-2)).toEqual(["reservation/no-show", "reservation/completed"]);

  const late = await given();
  late.context.at(WITH_GRACE);
  await late.endMissed();
  late.context.pass({ hours: 24, seconds: 0.001 });
  expect(await outcomesOf([late.complete()])).toEqual(["already-ended"]);
});

test("a visit that was put to review and moved is not under review at its new time", async () => {
  const { context, practice, service, doctor, endMissed, ending } = await given({ action: "review" });
  context.at(WITH_GRACE);
  await endMissed();
  const moved = await Reservation.reschedule(context, doctor, known(practice), {
    ...ending(),
    slotId: slotAt(practice, service, "2026-03-03T18:00:00.000Z"),
  });
  expect(Reservation.viewOf(moved)).toMatchObject({ status: "confirmed", toReview: false });
});
