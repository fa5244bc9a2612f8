import { describe, expect, test } from "vitest";
import { type Actor, defaultPolicy, idFrom } from "../../platform/index.ts";
import {
  anOpenDay,
  anybody,
  aPractice,
  book,
  doctorOf,
  factsOf,
  known,
  once,
  outcomesOf,
  patientOf,
  slotAt,
  testContext,
} from "../../testing/index.ts";
import { Reservation } from "../index.ts";

// Tuesday, 3 March 2026, in Mexico City.
const TUESDAY = "2026-03-03";
const NINE = "2026-03-03T15:00:00.000Z";
const TEN = "2026-03-03T16:00:00.000Z";

const given = async () => {
  const context = await testContext();
  const { practice, service } = await anOpenDay(context, TUESDAY, {}, { policy: lenient });
  const { reservationId } = await book(context, practice, service, NINE);
  const patient = patientOf(practice, reservationId);
  return { context, practice, service, reservationId, patient, doctor: doctorOf(practice) };
};

const lenient = { ...defaultPolicy, changeNoticeHours: 0 };

describe("a patient who says that they will come", () => {
  test("is seen in the agenda, and it is told once", async () => {
    const { context, practice, reservationId, patient, doctor } = await given();
    const saying = [1, 2].map(() => Reservation.confirmAttendance(context, patient, reservationId));
    expect(await outcomesOf(saying)).toMatchObject([{}, {}]);
    const at = context.now();
    context.pass({ hours: 1 });
    await Reservation.confirmAttendance(context, patient, reservationId);
    const agenda = await Reservation.agenda(context, doctor, practice, { from: TUESDAY, to: TUESDAY });
    expect(agenda).toMatchObject([{ status: "confirmed", attendanceConfirmedAt: at }]);
    expect(await factsOf(context, "reservation/attendance-confirmed")).toMatchObject([
      { about: reservationId, data: { reservationId, confirmedAt: at } },
    ]);
  });

  test("has said it of that time alone: a moved visit is asked anew", async () => {
    const { context, practice, service, reservationId, patient } = await given();
    await Reservation.confirmAttendance(context, patient, reservationId);
    const moved = await Reservation.reschedule(context, patient, known(practice), {
      reservationId,
      slotId: slotAt(practice, service, TEN),
      operation: once(context),
    });
    const stored = await Reservation.get(context, idFrom("reservation", moved.appointmentId));
    expect(stored.attendanceConfirmedAt).toBeUndefined();
    await expect(Reservation.confirmAttendance(context, patient, reservationId)).rejects.toMatchObject({
      type: "already-ended",
      facts: { status: "rescheduled" },
    });
  });

  test("cannot say it of a visit that was cancelled or has begun", async () => {
    const { context, reservationId, patient, doctor } = await given();
    context.at(NINE);
    await expect(Reservation.confirmAttendance(context, patient, reservationId)).rejects.toMatchObject({
      type: "too-late",
    });
    await Reservation.cancel(context, doctor, { reservationId, operation: once(context) });
    await expect(Reservation.confirmAttendance(context, patient, reservationId)).rejects.toMatchObject({
      type: "already-ended",
    });
  });

  test("is heard when the doctor cancels at the same time, or not, but never both", async () => {
    const { context, reservationId, patient, doctor } = await given();
    await outcomesOf([
      Reservation.confirmAttendance(context, patient, reservationId),
      Reservation.cancel(context, doctor, { reservationId, operation: once(context) }),
    ]);
    const { status, attendanceConfirmedAt } = await Reservation.get(context, reservationId);
    const told = await factsOf(context, "reservation/attendance-confirmed");
    expect(status).toBe("cancelled");
    expect(told).toHaveLength(attendanceConfirmedAt ? 1 : 0);
  });
});

test("nobody else says it for them: no other patient, no other clinic, no stranger", async () => {
  const { context, practice, reservationId } = await given();
  const say = (actor: Actor) => Reservation.confirmAttendance(context, actor, reservationId);
  const other = patientOf(practice, idFrom("reservation", context.newUlid()));
  await expect(say(other)).rejects.toMatchObject({ type: "not-found" });
  await expect(say(doctorOf(aPractice(context)))).rejects.toMatchObject({ type: "not-found" });
  await expect(say(anybody)).rejects.toMatchObject({ type: "forbidden" });
});
