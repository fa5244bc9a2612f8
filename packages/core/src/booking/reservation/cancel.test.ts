import { DeleteCommand } from "@aws-sdk/lib-dynamodb";
import { describe, expect, test } from "vitest";
import { type Actor, idFrom, type Practice } from "../../platform/index.ts";
import { Slot } from "../../scheduling/index.ts";
import {
  anOpenDay,
  aPractice,
  book,
  doctorOf,
  factsOf,
  freeTimes,
  known,
  once,
  outcomesOf,
  patientOf,
  rowsOf,
  slotAt,
  testContext,
} from "../../testing/index.ts";
import { Reservation } from "../index.ts";

// Tuesday in Mexico City; tests begin on Monday at 09:00 there, 24 hours before.
const TUESDAY = "2026-03-03";
const NINE = "2026-03-03T15:00:00.000Z";

const given = async (policy: Partial<Practice["policy"]> = {}, price = 60_000) => {
  const context = await testContext();
  const { policy: usual } = aPractice(context);
  const day = await anOpenDay(context, TUESDAY, { price }, { policy: { ...usual, ...policy } });
  const { practice, service } = day;
  const reservation = await book(context, practice, service, NINE);
  const { reservationId } = reservation;
  const cancel = (actor: Actor) =>
    Reservation.cancel(context, actor, { reservationId, reason: "enfermo", operation: once(context) });
  return {
    context,
    ...day,
    ...reservation,
    cancel,
    doctor: doctorOf(practice),
    patient: patientOf(practice, reservationId),
  };
};

test("a cancelled reservation frees its slot and is told with who, why and what is paid back", async () => {
  const { context, practice, reservationId, slotId, cancel, patient } = await given();
  expect(await cancel(patient)).toEqual({ refundAmount: 60_000, currency: "MXN" });
  expect(await freeTimes(context, practice, TUESDAY)).toContain("09:00");
  expect((await Slot.get(context, Slot.slotKeyOf(slotId))).taken).toBe(0);
  expect(await factsOf(context, "reservation/cancelled")).toMatchObject([
    {
      events: ["reservation/cancelled", "slot/released"],
      data: { cancelledBy: "patient", cancellationReason: "enfermo", refundAmount: 60_000, currency: "MXN" },
    },
  ]);
  expect(await Reservation.view(context, patient, reservationId)).toMatchObject({
    status: "cancelled",
    cancelledBy: "patient",
    refundAmount: 60_000,
    endedAt: context.now(),
  });
});

describe("what is paid back", () => {
  test.each([
    ["the patient, in time", "patient", { refundPercent: 80 }, 60_000, 48_000],
    ["the patient, in time, of an odd price", "patient", { refundPercent: 50 }, 33_333, 16_667],
    ["the patient, in time, where nothing is", "patient", { refundPercent: 0 }, 60_000, 0],
    ["the clinic, whatever the policy", "doctor", { refundPercent: 0 }, 60_000, 60_000],
  ] as const)("when %s cancels", async (_, who, policy, price, refundAmount) => {
    const scene = await given(policy, price);
    expect(await scene.cancel(scene[who])).toMatchObject({ refundAmount });
  });

  test("follows the policy of the day it was booked, not of today", async () => {
    const { context, practice, service, slotId, doctor, reservationId } = await given({ refundPercent: 40 });
    // The clinic becomes strict; who booked before keeps what was promised, also over a move.
    const strict = { ...practice, policy: { ...practice.policy, refundPercent: 0, changeNoticeHours: 720 } };
    const next = slotAt(practice, service, "2026-03-03T15:20:00.000Z");
    const moved = await Reservation.reschedule(context, doctor, known(strict), {
      reservationId,
      slotId: next,
      operation: once(context),
    });
    const movedId = idFrom("reservation", moved.appointmentId);
    expect(slotId).not.toBe(next);
    expect(
      await Reservation.cancel(context, patientOf(practice, movedId), {
        reservationId: movedId,
        operation: once(context),
      }),
    ).toMatchObject({ refundAmount: 24_000 });
  });

  test("is nothing when the patient is late and the clinic lets late patients cancel", async () => {
    const { context, cancel, patient } = await given({ lateCancel: true });
    context.pass({ minutes: 1 });
    expect(await cancel(patient)).toMatchObject({ refundAmount: 0 });
  });
});

describe("the patient is too late", () => {
  test("after the notice, to the millisecond", async () => {
    const { context, cancel, patient } = await given();
    context.pass({ seconds: 0.001 });
    await expect(cancel(patient)).rejects.toMatchObject({
      type: "too-late",
      facts: { until: "2026-03-02T15:00:00.000Z" },
    });
    context.pass({ seconds: -0.001 });
    await expect(cancel(patient)).resolves.toBeDefined();
  });

  test("once the visit has begun, also where late cancels are let through; the clinic is not", async () => {
    const { context, cancel, patient, doctor } = await given({ lateCancel: true });
    context.at(NINE);
    await expect(cancel(patient)).rejects.toMatchObject({ type: "too-late" });
    expect(await cancel(doctor)).toMatchObject({ refundAmount: 60_000 });
  });
});

test("a reservation is cancelled once", async () => {
  const { cancel, patient, doctor } = await given();
  const outcomes = await outcomesOf([cancel(patient), cancel(doctor), cancel(patient)]);
  expect(outcomes.sort()).toEqual(["already-ended", "already-ended", "done"]);
  await expect(cancel(doctor)).rejects.toMatchObject({
    type: "already-ended",
    facts: { status: "cancelled" },
  });
});

test("only its patient and those who run the calendar may cancel", async () => {
  const { context, practice, service, cancel, doctor, patient } = await given();
  const other = await book(context, practice, service, "2026-03-03T15:20:00.000Z");
  const actors: Actor[] = [
    doctorOf(aPractice(context)),
    patientOf(practice, other.reservationId),
    { ...patient, organizationId: doctorOf(aPractice(context)).organizationId },
    { ...doctor, roles: ["nurse"] },
    { ...doctor, careTeams: [] },
    { kind: "public" },
  ];
  expect(await outcomesOf(actors.map(cancel))).toEqual([
    "not-found",
    "not-found",
    "not-found",
    "forbidden",
    "forbidden",
    "forbidden",
  ]);
});

test("one of long ago, whose slot is deleted by now, is cancelled all the same", async () => {
  const { context, cancel, doctor } = await given();
  context.pass({ days: 91 });
  const { client, table } = context.table;
  for (const { pk, sk } of [...(await rowsOf(context, "slot")), ...(await rowsOf(context, "hour"))]) {
    await client.send(new DeleteCommand({ TableName: table, Key: { pk, sk } }));
  }
  expect(await cancel(doctor)).toMatchObject({ refundAmount: 60_000 });
  expect(await rowsOf(context, "slot")).toEqual([]);
});

test("one that took place, or that nobody came to, is not cancelled any more", async () => {
  const { context, reservationId, cancel, doctor } = await given();
  context.at(NINE);
  await Reservation.complete(context, doctor, {}, { reservationId, operation: once(context) });
  await expect(cancel(doctor)).rejects.toMatchObject({
    type: "already-ended",
    facts: { status: "completed" },
  });
});
