import { describe, expect, test } from "vitest";
import { type Actor, idFrom, type Practice } from "../../platform/index.ts";
import { Generation, Service, Slot } from "../../scheduling/index.ts";
import {
  aPractice,
  ask,
  book,
  doctorOf,
  factsOf,
  freeTimes,
  known,
  offer,
  once,
  openDaily,
  outcomesOf,
  patientOf,
  rowsOf,
  slotAt,
  testContext,
} from "../../testing/index.ts";
import { Request, Reservation } from "../index.ts";

// Wednesday in Mexico City, six hours behind UTC; tests begin on Monday at 09:00 there.
const WEDNESDAY = "2026-03-04";
const at = (time: string, date = WEDNESDAY): string => {
  const [hours, minutes] = time.split(":");
  return `${date}T${Number(hours) + 6}:${minutes}:00.000Z`;
};

/** A service of 20 minutes that may begin every 10, booked at 09:20. */
const given = async (changes: Partial<Practice> = {}) => {
  const context = await testContext();
  const practice = aPractice(context, changes);
  const service = await offer(context, practice, { duration: 20 });
  await openDaily(context, practice, { endTime: "11:00", slotDuration: 10 });
  await Generation.generate(context, practice, { from: WEDNESDAY, to: "2026-03-05" });
  const booked = await book(context, practice, service, at("09:20"));
  const { reservationId } = booked;
  const move = (start: string, actor: Actor = doctorOf(practice)) =>
    Reservation.reschedule(context, actor, known(practice), {
      reservationId,
      slotId: slotAt(practice, service, start),
      reason: "tráfico",
      operation: once(context),
    });
  return {
    context,
    practice,
    service,
    ...booked,
    move,
    doctor: doctorOf(practice),
    patient: patientOf(practice, reservationId),
  };
};

/** The owner of each taken grain of a day, by its time in UTC. */
const ledgerOf = async (context: Awaited<ReturnType<typeof testContext>>) => {
  const owners: Record<string, unknown> = {};
  for (const row of await rowsOf(context, "hour")) {
    for (let grain = 0; grain < 12; grain++) {
      const owner = row[`g${grain}`];
      if (owner) owners[`${String(row.hour).slice(11)}:${String(grain * 5).padStart(2, "0")}`] = owner;
    }
  }
  return owners;
};

test("a moved reservation is a new one in its new place, and the old one says where it went", async () => {
  const { context, practice, reservationId, move, patient } = await given();
  const moved = await move(at("10:00", "2026-03-05"), patient);
  const movedId = idFrom("reservation", moved.appointmentId);
  expect(await Reservation.view(context, doctorOf(practice), movedId)).toMatchObject({
    status: "confirmed",
    appointmentTime: at("10:00", "2026-03-05"),
    appointmentEndTime: at("10:20", "2026-03-05"),
    price: 60_000,
    rescheduledFrom: reservationId,
  });
  expect(await Reservation.view(context, patient, reservationId)).toMatchObject({
    status: "rescheduled",
    rescheduledTo: movedId,
    reason: "tráfico",
  });
  expect(await freeTimes(context, practice, WEDNESDAY)).toContain("09:20");
  expect(await freeTimes(context, practice, "2026-03-05")).not.toContain("10:00");
  expect(await factsOf(context, "appointment/rescheduled")).toMatchObject([
    {
      events: ["appointment/rescheduled", "slot/released"],
      data: {
        oldReservationId: reservationId,
        newReservationId: movedId,
        oldAppointmentTime: at("09:20"),
        newAppointmentTime: at("10:00", "2026-03-05"),
        reason: "rescheduled",
      },
    },
  ]);
});

test("it may move by ten minutes over itself", async () => {
  const { context, practice, service, doctor, move } = await given();
  const later = await move(at("09:30"));
  expect(await ledgerOf(context)).toEqual(
    Object.fromEntries(["15:30", "15:35", "15:40", "15:45"].map((grain) => [grain, later.appointmentId])),
  );
  expect(await freeTimes(context, practice, WEDNESDAY)).toEqual([
    "09:00",
    "09:10",
    "09:50",
    "10:00",
    "10:10",
    "10:20",
    "10:30",
    "10:40",
  ]);
  const back = await Reservation.reschedule(context, doctor, known(practice), {
    reservationId: idFrom("reservation", later.appointmentId),
    slotId: slotAt(practice, service, at("09:20")),
    operation: once(context),
  });
  expect(await ledgerOf(context)).toEqual(
    Object.fromEntries(["15:20", "15:25", "15:30", "15:35"].map((grain) => [grain, back.appointmentId])),
  );
});

test("it keeps the length that a doctor gave it", async () => {
  const { context, practice, service, doctor } = await given();
  const { requestId } = await ask(context, practice, service, at("10:00"));
  const { reservationId } = await Request.approve(context, doctor, known(practice), {
    requestId,
    changes: { durationChange: 10, priceAdjustment: 5_000 },
    operation: once(context),
  });
  const moved = await Reservation.reschedule(context, doctor, known(practice), {
    reservationId,
    slotId: slotAt(practice, service, at("09:50")),
    operation: once(context),
  });
  expect(moved).toMatchObject({ end: at("10:20"), price: 65_000 });
});

test("a time where a hold has ended is free for it", async () => {
  const { context, practice, service, move } = await given();
  const briefly = { ...practice, policy: { ...practice.policy, holdMinutes: 60 } };
  const { expiresAt } = await ask(context, briefly, service, at("10:00"));
  await expect(move(at("10:10"))).rejects.toMatchObject({ type: "slot-taken" });
  context.at(expiresAt);
  await expect(move(at("10:10"))).resolves.toMatchObject({ status: "confirmed" });
});

describe("is refused", () => {
  test("to taken, blocked, past and unknown times, and it stays where it is", async () => {
    const { context, practice, service, reservationId, move, doctor } = await given();
    await book(context, practice, service, at("10:00"));
    await Slot.block(context, doctor, Slot.slotKeyOf(slotAt(practice, service, at("10:30"))));
    expect(
      await outcomesOf([
        move(at("10:00")),
        move(at("10:10")),
        move(at("10:30")),
        move(at("10:40")),
        move(at("09:05")),
        move("2026-03-02T14:00:00.000Z"),
      ]),
    ).toEqual(["slot-taken", "slot-taken", "slot-blocked", "slot-taken", "not-found", "slot-past"]);
    expect(await Reservation.view(context, doctor, reservationId)).toMatchObject({ status: "confirmed" });
  });

  test("to its own slot, another service or another calendar", async () => {
    const { context, practice, service, reservationId, move, doctor } = await given();
    const other = await offer(context, practice);
    const colleague = aPractice(context, { organizationId: practice.organizationId });
    await expect(move(at("09:20"))).rejects.toMatchObject({ type: "invalid" });
    for (const slotId of [slotAt(practice, other, at("10:00")), slotAt(colleague, service, at("10:00"))]) {
      await expect(
        Reservation.reschedule(context, doctor, known(practice), {
          reservationId,
          slotId,
          operation: once(context),
        }),
      ).rejects.toMatchObject({ type: "invalid", facts: { errors: [{ pointer: "/slotId" }] } });
    }
  });

  test("for patients after their notice, inside the practice's and beyond its horizon; not for staff", async () => {
    const { context, practice, move, patient, doctor } = await given({ noticeMinutes: 60, horizonDays: 2 });
    expect(await outcomesOf([move(at("09:30", "2026-03-05"), patient)])).toEqual(["slot-too-far"]);
    // Tuesday 09:20 in Mexico City: 24 hours before the visit.
    context.at("2026-03-03T15:20:00.000Z");
    context.pass({ seconds: 0.001 });
    expect(await outcomesOf([move(at("10:00"), patient)])).toEqual(["too-late"]);
    expect(practice.policy.lateCancel).toBe(false);
    expect(await outcomesOf([move(at("10:00"), doctor)])).toEqual(["done"]);
  });

  test("a second time, with where it went", async () => {
    const { move } = await given();
    const outcomes = await outcomesOf([move(at("10:00")), move(at("10:20")), move(at("10:40"))]);
    expect(outcomes.sort()).toEqual(["already-ended", "already-ended", "done"]);
    await expect(move(at("09:00"))).rejects.toMatchObject({
      type: "already-ended",
      facts: { status: "rescheduled", movedTo: expect.stringMatching(/^res_/) },
    });
  });

  test("to whoever may not cancel it either", async () => {
    const { context, practice, service, move, doctor } = await given();
    const other = await book(context, practice, service, at("10:00"));
    const actors: Actor[] = [
      doctorOf(aPractice(context)),
      patientOf(practice, other.reservationId),
      { ...doctor, roles: ["nurse"] },
      { kind: "public" },
    ];
    expect(await outcomesOf(actors.map((actor) => move(at("10:20"), actor)))).toEqual([
      "not-found",
      "not-found",
      "forbidden",
      "forbidden",
    ]);
  });
});

test("of two who move to one time exactly one gets it, and the other stays where it was", async () => {
  const { context, practice, service, reservationId, doctor } = await given();
  const other = await book(context, practice, service, at("10:40"));
  const outcomes = await outcomesOf(
    [reservationId, other.reservationId].map((id) =>
      Reservation.reschedule(context, doctor, known(practice), {
        reservationId: id,
        slotId: slotAt(practice, service, at("10:00")),
        operation: once(context),
      }),
    ),
  );
  expect(outcomes.sort()).toEqual(["done", "slot-taken"]);
  expect(Object.keys(await ledgerOf(context))).toHaveLength(8);
});

test("it follows its service where that became a group, and where it ceased to be one", async () => {
  const { context, practice, service, reservationId, doctor } = await given();
  await Service.edit(context, doctor, service.serviceId, { capacity: 3, duration: 30 });
  await Generation.generate(context, practice, { from: "2026-03-05", to: "2026-03-05" });
  const start = at("10:00", "2026-03-05");
  await book(context, practice, await Service.byId(context, service.serviceId), start);
  const inGroup = await Reservation.reschedule(context, doctor, known(practice), {
    reservationId,
    slotId: slotAt(practice, service, start),
    operation: once(context),
  });
  expect(inGroup).toMatchObject({ group: true, end: at("10:30", "2026-03-05") });
  await Service.edit(context, doctor, service.serviceId, { capacity: 1 });
  await Generation.generate(context, practice, { from: WEDNESDAY, to: WEDNESDAY });
  const alone = await Reservation.reschedule(context, doctor, known(practice), {
    reservationId: idFrom("reservation", inGroup.appointmentId),
    slotId: slotAt(practice, service, at("09:00")),
    operation: once(context),
  });
  expect(alone.group).toBeUndefined();
  const { taken } = await Slot.get(context, Slot.slotKeyOf(slotAt(practice, service, start)));
  expect(taken).toBe(1);
});
