import { describe, expect, test } from "vitest";
import { defaultPolicy, type Practice } from "../../platform/index.ts";
import { Generation } from "../../scheduling/index.ts";
import {
  aPractice,
  book,
  doctorOf,
  factsOf,
  known,
  meter,
  offer,
  once,
  openDaily,
  testContext,
} from "../../testing/index.ts";
import { Reservation } from "../index.ts";

// Friday, 20 March 2026, 09:00 in Mexico City.
const FRIDAY_9AM = "2026-03-20T15:00:00.000Z";

const given = async (changes: Partial<Practice> = {}) => {
  const context = await testContext();
  const practice = aPractice(context, changes);
  const service = await offer(context, practice, { requirements: "Ven en ayunas." });
  await openDaily(context, practice);
  await Generation.generate(context, practice, { from: "2026-03-20", to: "2026-03-21" });
  const { reservationId } = await book(context, practice, service, FRIDAY_9AM);
  const due = (start: string, end: string) =>
    Reservation.remindersDue(context, practice.organizationId, { start, end });
  return { context, practice, service, reservationId, due, doctor: doctorOf(practice) };
};

describe("the reminders that fall due within a stretch", () => {
  test("are those of the policy, each in its own stretch", async () => {
    const { due, practice, reservationId } = await given();
    const { profileId } = practice;
    const found = (...hours: number[]) => [{ reservationId, profileId, hours }];
    expect(await due("2026-03-17T15:00:00.000Z", "2026-03-17T15:00:00.001Z")).toEqual(found(72));
    expect(await due("2026-03-17T14:00:00.000Z", "2026-03-17T15:00:00.000Z")).toEqual([]);
    expect(await due("2026-03-19T06:00:00.000Z", "2026-03-20T06:00:00.000Z")).toEqual(found(24));
    expect(await due("2026-03-19T06:00:00.000Z", "2026-03-21T06:00:00.000Z")).toEqual(found(24, 2));
    expect(await due("2026-03-20T13:00:00.001Z", "2026-03-25T06:00:00.000Z")).toEqual([]);
  });

  test("are found a fortnight before the visit, and two hours before", async () => {
    const { due } = await given({ policy: { ...defaultPolicy, reminderHours: [336, 1] } });
    expect(await due("2026-03-06T15:00:00.000Z", "2026-03-07T06:00:00.000Z")).toMatchObject([
      { hours: [336] },
    ]);
    expect(await due("2026-03-20T14:00:00.000Z", "2026-03-20T15:00:00.000Z")).toMatchObject([{ hours: [1] }]);
  });

  test("follow the policy of the day of booking, not today's", async () => {
    const { context, practice, service, due } = await given();
    const later = { ...practice, policy: { ...practice.policy, reminderHours: [48] } };
    await book(context, later, service, "2026-03-20T15:20:00.000Z");
    const hours = await due("2026-03-17T06:00:00.000Z", "2026-03-19T06:00:00.000Z");
    expect(hours.map((one) => one.hours)).toEqual([[72], [48]]);
  });

  test("are not those of a visit that was cancelled, nor of another clinic", async () => {
    const { context, reservationId, doctor, due } = await given();
    const stretch = { start: "2026-03-17T06:00:00.000Z", end: "2026-03-21T06:00:00.000Z" };
    const { organizationId } = aPractice(context);
    expect(await Reservation.remindersDue(context, organizationId, stretch)).toEqual([]);
    await Reservation.cancel(context, doctor, { reservationId, operation: once(context) });
    expect(await due(stretch.start, stretch.end)).toEqual([]);
  });

  test("are found wherever the practitioner is", async () => {
    for (const timezone of ["Pacific/Kiritimati", "Pacific/Pago_Pago"]) {
      const { context, practice, service } = await given();
      const abroad = { ...practice, timezone };
      await book(context, abroad, service, "2026-03-20T15:20:00.000Z");
      const stretch = { start: "2026-03-20T13:20:00.000Z", end: "2026-03-20T13:20:00.001Z" };
      const found = await Reservation.remindersDue(context, practice.organizationId, stretch);
      expect(found).toMatchObject([{ hours: [2] }]);
    }
  });

  test("cost one query for each day on which such a visit may be", async () => {
    const { context, due } = await given();
    const used = meter(context);
    await due("2026-03-17T06:00:00.000Z", "2026-03-18T06:00:00.000Z");
    expect(used.take()).toMatchObject({ roundTrips: 17, writeUnits: 0 });
  });
});

describe("a reminder that went out", () => {
  test("is noted on the visit, and told where other systems know an event for it, once", async () => {
    const { context, practice, reservationId, doctor } = await given();
    const sent = (hours: number, event?: "appointment/reminder-24h" | "appointment/reminder-2h") =>
      Reservation.reminderSent(context, known(practice), { reservationId, hours, ...(event && { event }) });
    await sent(72);
    await Promise.all([1, 2, 3].map(() => sent(24, "appointment/reminder-24h")));
    for (const _ of [1, 2]) await sent(2, "appointment/reminder-2h");
    const { remindersSent } = await Reservation.view(context, doctor, reservationId);
    expect(remindersSent).toEqual([72, 24, 2]);
    const [dayBefore, ...again] = await factsOf(context, "appointment/reminder-24h");
    expect(again).toEqual([]);
    expect(dayBefore?.data).toMatchObject({
      ...{ reservationId, appointmentTime: FRIDAY_9AM, doctorName: "Dra. Ana Torres" },
      ...{ clinicAddress: practice.clinicAddress, preparationInstructions: "Ven en ayunas." },
    });
    expect((await factsOf(context, "appointment/reminder-2h")).map(({ data }) => data)).toMatchObject([
      { parkingInfo: "Calle Orizaba", floorInfo: "2", officeNumber: "204" },
    ]);
  });
});
