import { describe, expect, test } from "vitest";
import { idFrom, type Practice, ulidIn } from "../../platform/index.ts";
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
  rowsOf,
  slotAt,
  type TestContext,
  testContext,
  toldEvents,
} from "../../testing/index.ts";
import { Request, Reservation } from "../index.ts";

// Tuesday in Mexico City, six hours behind UTC; tests begin on Monday at 09:00 there.
const TUESDAY = "2026-03-03";
const at = (time: string): string => {
  const [hours, minutes] = time.split(":");
  return `2026-03-03T${Number(hours) + 6}:${minutes}:00.000Z`;
};

/** A short service, a long one with a buffer, and a group, all from 09:00 to 12:00. */
const given = async (changes: Partial<Practice> = {}) => {
  const context = await testContext();
  const practice = aPractice(context, changes);
  const brief = await offer(context, practice, { duration: 20 });
  const long = await offer(context, practice, {
    name: "Revisión completa",
    duration: 40,
    price: 120_000,
    bufferAfter: 10,
  });
  const group = await offer(context, practice, { duration: 60, capacity: 3, price: 25_000 });
  await openDaily(context, practice, { endTime: "12:00" });
  await Generation.generate(context, practice, { from: TUESDAY, to: TUESDAY });
  return { context, practice, brief, long, group, doctor: doctorOf(practice) };
};

const approve = (
  context: TestContext,
  practice: Practice,
  requestId: string,
  changes?: Request.ApprovalChanges,
) =>
  Request.approve(context, doctorOf(practice), known(practice), {
    requestId,
    ...(changes && { changes }),
    operation: once(context),
  });

const approved = async (
  context: TestContext,
  practice: Practice,
  requestId: string,
  changes?: Request.ApprovalChanges,
) => {
  const { reservationId } = await approve(context, practice, requestId, changes);
  return Reservation.view(context, doctorOf(practice), reservationId);
};

const minutesOf = ({ appointmentTime, appointmentEndTime }: Reservation.ReservationView) =>
  (Date.parse(appointmentEndTime) - Date.parse(appointmentTime)) / 60_000;

test("an approval turns the hold into a booking in the same place and tells both in one fact", async () => {
  const { context, practice, brief, doctor } = await given();
  const { requestId } = await ask(context, practice, brief, at("09:00"));
  const reservation = await approved(context, practice, requestId);
  expect(reservation).toMatchObject({
    reservationId: idFrom("reservation", ulidIn(requestId)),
    status: "confirmed",
    slotId: slotAt(practice, brief, at("09:00")),
    price: 60_000,
  });
  expect((await toldEvents(context)).at(-1)).toBe("reservation/approved reservation/created");
  const slot = await Slot.get(context, Slot.slotKeyOf(reservation.slotId));
  expect(slot).toMatchObject({ taken: 1, holds: [] });
  expect(Slot.statusOf(slot, context.now())).toBe("reserved");
  expect(await Request.view(context, doctor, requestId)).toMatchObject({ status: "approved" });
});

test("what was agreed stays as it was when it was asked for", async () => {
  const { context, practice, brief, doctor } = await given();
  const { requestId } = await ask(context, practice, brief, at("09:00"));
  await Service.edit(context, doctor, brief.serviceId, {
    name: "Otra",
    price: 1,
    duration: 60,
    bufferAfter: 60,
  });
  const later = { ...practice, policy: { ...practice.policy, refundPercent: 10 } };
  const reservation = await approved(context, later, requestId);
  expect(reservation).toMatchObject({ price: 60_000, serviceName: "Consulta general" });
  expect(minutesOf(reservation)).toBe(20);
  const { refundAmount } = await Reservation.cancel(context, doctor, {
    reservationId: reservation.reservationId,
    operation: once(context),
  });
  expect(refundAmount).toBe(60_000);
});

test("a request can be approved although its service became a group, or ceased to be one, or to be offered", async () => {
  const { context, practice, brief, group, doctor } = await given();
  const solo = await ask(context, practice, brief, at("09:00"));
  const seat = await ask(context, practice, group, at("10:00"));
  await Service.edit(context, doctor, brief.serviceId, { capacity: 5, active: false });
  await Service.edit(context, doctor, group.serviceId, { capacity: 1 });
  for (const { requestId } of [solo, seat]) {
    expect(await approved(context, practice, requestId)).toMatchObject({ status: "confirmed" });
  }
  for (const { requestId } of [solo, seat]) {
    const reservationId = idFrom("reservation", ulidIn(requestId));
    await Reservation.cancel(context, doctor, { reservationId, operation: once(context) });
  }
  expect((await rowsOf(context, "slot")).map(({ taken }) => taken)).not.toContain(1);
});

describe("with changes", () => {
  test("of the time the old slot is free and the new one taken in one step", async () => {
    const { context, practice, brief } = await given();
    const { requestId } = await ask(context, practice, brief, at("09:00"));
    const newSlotId = slotAt(practice, brief, at("10:20"));
    expect(await approved(context, practice, requestId, { newSlotId })).toMatchObject({
      slotId: newSlotId,
      appointmentTime: at("10:20"),
      appointmentEndTime: at("10:40"),
    });
    const free = await freeTimes(context, practice, TUESDAY, { serviceId: brief.serviceId });
    expect(free).toContain("09:00");
    expect(free).not.toContain("10:20");
    const [told] = await factsOf(context, "reservation/approved");
    expect(told?.data).toMatchObject({ changes: { originalTime: at("09:00"), newTime: at("10:20") } });
  });

  test("of the time to where it stands nothing moves", async () => {
    const { context, practice, brief } = await given();
    const { requestId } = await ask(context, practice, brief, at("09:00"));
    const newSlotId = slotAt(practice, brief, at("09:00"));
    expect(await approved(context, practice, requestId, { newSlotId })).toMatchObject({ slotId: newSlotId });
  });

  test("of time and service both follow the new slot", async () => {
    const { context, practice, brief, long } = await given();
    const { requestId } = await ask(context, practice, brief, at("09:00"));
    const newSlotId = slotAt(practice, long, at("09:00"));
    expect(await approved(context, practice, requestId, { newSlotId })).toMatchObject({
      slotId: newSlotId,
      serviceId: long.serviceId,
      serviceName: "Revisión completa",
      price: 120_000,
      appointmentEndTime: at("09:40"),
    });
    // 40 minutes and the buffer of ten.
    expect(await freeTimes(context, practice, TUESDAY, { serviceId: brief.serviceId })).not.toContain(
      "09:40",
    );
  });

  test("of the service alone it stays in its slot, as long as the new service is", async () => {
    const { context, practice, brief, long, doctor } = await given();
    const { requestId } = await ask(context, practice, brief, at("09:00"));
    const reservation = await approved(context, practice, requestId, { serviceId: long.serviceId });
    expect(reservation).toMatchObject({
      slotId: slotAt(practice, brief, at("09:00")),
      serviceId: long.serviceId,
      price: 120_000,
      appointmentEndTime: at("09:40"),
    });
    await Reservation.cancel(context, doctor, {
      reservationId: reservation.reservationId,
      operation: once(context),
    });
    expect(await freeTimes(context, practice, TUESDAY, { serviceId: brief.serviceId })).toHaveLength(9);
    expect((await Slot.get(context, Slot.slotKeyOf(reservation.slotId))).taken).toBe(0);
  });

  test("of the length it takes or gives back time", async () => {
    const { context, practice, brief } = await given();
    const longer = await ask(context, practice, brief, at("09:00"));
    expect(minutesOf(await approved(context, practice, longer.requestId, { durationChange: 15 }))).toBe(35);
    expect(await freeTimes(context, practice, TUESDAY, { serviceId: brief.serviceId })).not.toContain(
      "09:20",
    );
    const shorter = await ask(context, practice, brief, at("10:00"));
    expect(minutesOf(await approved(context, practice, shorter.requestId, { durationChange: -10 }))).toBe(10);
    const gone = await ask(context, practice, brief, at("11:00"));
    await expect(approve(context, practice, gone.requestId, { durationChange: -20 })).rejects.toMatchObject({
      type: "invalid",
    });
  });

  test("of the length onto time that is taken it is refused and stays pending", async () => {
    const { context, practice, brief, doctor } = await given();
    const { requestId } = await ask(context, practice, brief, at("09:00"));
    const next = await book(context, practice, brief, at("09:20"));
    await expect(approve(context, practice, requestId, { durationChange: 5 })).rejects.toMatchObject({
      type: "slot-taken",
    });
    expect(await Request.view(context, doctor, requestId)).toMatchObject({ status: "pending" });
    await Reservation.cancel(context, doctor, {
      reservationId: next.reservationId,
      operation: once(context),
    });
    expect(minutesOf(await approved(context, practice, requestId, { durationChange: 5 }))).toBe(25);
  });

  test("of the length onto holds that have ended it is accepted", async () => {
    const { context, practice, brief } = await given();
    const { requestId } = await ask(context, practice, brief, at("09:00"));
    const briefly = { ...practice, policy: { ...practice.policy, holdMinutes: 60 } };
    const [ended] = await Promise.all(
      ["09:20", "09:40", "10:00", "10:20"].map((time) => ask(context, briefly, brief, at(time))),
    );
    context.at(ended!.expiresAt);
    expect(minutesOf(await approved(context, practice, requestId, { durationChange: 80 }))).toBe(100);
    const stages = (await rowsOf(context, "request")).map(({ stage }) => stage);
    expect(stages.sort()).toEqual(["approved", "expired", "expired", "expired", "expired"]);
  });

  test("of the price it costs what the doctor says, and never less than nothing", async () => {
    const { context, practice, brief } = await given();
    const { requestId } = await ask(context, practice, brief, at("09:00"));
    await expect(approve(context, practice, requestId, { priceAdjustment: -60_001 })).rejects.toMatchObject({
      type: "invalid",
      facts: { errors: [{ pointer: "/changes/priceAdjustment" }] },
    });
    expect(
      await approved(context, practice, requestId, { priceAdjustment: -10_000, notes: "Descuento" }),
    ).toMatchObject({ price: 50_000, approvalNotes: "Descuento" });
  });

  test("to a slot that is taken, blocked, past, unknown or of another calendar it is refused", async () => {
    const { context, practice, brief, doctor } = await given();
    const other = aPractice(context, { organizationId: practice.organizationId });
    await book(context, practice, brief, at("10:00"));
    await Slot.block(context, doctor, Slot.slotKeyOf(slotAt(practice, brief, at("10:20"))));
    await ask(context, practice, brief, at("10:40"));
    const { requestId } = await ask(context, practice, brief, at("11:40"));
    const to = (slotId: string) => outcomesOf([approve(context, practice, requestId, { newSlotId: slotId })]);
    expect(await to(slotAt(practice, brief, at("10:00")))).toEqual(["slot-taken"]);
    expect(await to(slotAt(practice, brief, at("10:20")))).toEqual(["slot-blocked"]);
    expect(await to(slotAt(practice, brief, at("10:40")))).toEqual(["slot-taken"]);
    expect(await to(slotAt(practice, brief, at("11:05")))).toEqual(["not-found"]);
    expect(await to(slotAt(other, brief, at("11:00")))).toEqual(["invalid"]);
    expect(await to(slotAt(practice, brief, "2026-03-02T14:00:00.000Z"))).toEqual(["slot-past"]);
    expect(await to(slotAt(practice, brief, at("11:20")))).toEqual(["done"]);
  });

  test("to a service that is not offered any more, or unknown, it is refused", async () => {
    const { context, practice, brief, long, doctor } = await given();
    const { requestId } = await ask(context, practice, brief, at("09:00"));
    await Service.edit(context, doctor, long.serviceId, { active: false });
    const to = (serviceId: string) => outcomesOf([approve(context, practice, requestId, { serviceId })]);
    expect(await to(long.serviceId)).toEqual(["invalid"]);
    expect(await to(idFrom("service", context.newUlid()))).toEqual(["not-found"]);
  });
});

test("a seat that moves to another of its group's times costs what it did when it was asked for", async () => {
  const { context, practice, group, doctor } = await given();
  const { requestId } = await ask(context, practice, group, at("09:00"));
  await Service.edit(context, doctor, group.serviceId, { price: 1 });
  const changes = { newSlotId: slotAt(practice, group, at("10:00")) };
  expect(await approved(context, practice, requestId, changes)).toMatchObject({ price: 25_000 });
});

describe("between a group and a visit alone", () => {
  test("a seat is kept where it is, and a group keeps its length", async () => {
    const { context, practice, group } = await given();
    const { requestId } = await ask(context, practice, group, at("09:00"));
    await expect(approve(context, practice, requestId, { durationChange: 5 })).rejects.toMatchObject({
      type: "invalid",
    });
    const { slotId } = await approved(context, practice, requestId);
    expect(await Slot.get(context, Slot.slotKeyOf(slotId))).toMatchObject({ taken: 1, holds: [] });
  });

  test("the service changes only together with the slot", async () => {
    const { context, practice, brief, group } = await given();
    const solo = await ask(context, practice, brief, at("09:00"));
    const seat = await ask(context, practice, group, at("10:00"));
    const changes: [string, Request.ApprovalChanges][] = [
      [solo.requestId, { serviceId: group.serviceId }],
      [seat.requestId, { serviceId: brief.serviceId }],
      [solo.requestId, { serviceId: group.serviceId, newSlotId: slotAt(practice, brief, at("09:20")) }],
    ];
    for (const [requestId, change] of changes) {
      await expect(approve(context, practice, requestId, change)).rejects.toMatchObject({ type: "invalid" });
    }
    const inGroup = { newSlotId: slotAt(practice, group, at("10:00")) };
    expect(await approved(context, practice, solo.requestId, inGroup)).toMatchObject({
      serviceId: group.serviceId,
      price: 25_000,
      appointmentEndTime: at("11:00"),
    });
    const alone = { newSlotId: slotAt(practice, brief, at("11:00")) };
    expect(await approved(context, practice, seat.requestId, alone)).toMatchObject({
      serviceId: brief.serviceId,
      appointmentEndTime: at("11:20"),
    });
    const slot = await Slot.get(context, Slot.slotKeyOf(inGroup.newSlotId));
    expect(slot).toMatchObject({ taken: 1, holds: [] });
  });

  test("another group's service is not put into a group that others share", async () => {
    const { context, practice, group } = await given();
    const longer = await offer(context, practice, { duration: 90, capacity: 5 });
    await book(context, practice, group, at("09:00"));
    const { requestId } = await ask(context, practice, group, at("09:00"));
    for (const changes of [
      { serviceId: longer.serviceId },
      { serviceId: longer.serviceId, newSlotId: slotAt(practice, group, at("10:00")) },
    ]) {
      await expect(approve(context, practice, requestId, changes)).rejects.toMatchObject({ type: "invalid" });
    }
  });
});

describe("is refused", () => {
  test("from the moment at which the request expires", async () => {
    const { context, practice, brief } = await given();
    const { requestId, expiresAt } = await ask(context, practice, brief, at("09:20"));
    context.at(expiresAt);
    await expect(approve(context, practice, requestId)).rejects.toMatchObject({
      type: "already-decided",
      facts: { requestId, status: "expired" },
    });
    context.pass({ seconds: -0.001 });
    await expect(approve(context, practice, requestId)).resolves.toBeDefined();
  });

  test("when the request is decided, with what it became", async () => {
    const { context, practice, brief, doctor } = await given();
    const { requestId } = await ask(context, practice, brief, at("09:00"));
    await Request.reject(context, doctor, { requestId, operation: once(context) });
    await expect(approve(context, practice, requestId)).rejects.toMatchObject({
      type: "already-decided",
      facts: { status: "rejected" },
    });
  });

  test("to whoever does not run the calendar", async () => {
    const { context, practice, brief, doctor } = await given();
    const { requestId } = await ask(context, practice, brief, at("09:00"));
    const by = (actor: Parameters<typeof Request.approve>[1]) =>
      outcomesOf([Request.approve(context, actor, known(practice), { requestId, operation: once(context) })]);
    expect(await by(doctorOf(aPractice(context)))).toEqual(["not-found"]);
    expect(await by({ ...doctor, careTeams: [] })).toEqual(["forbidden"]);
    expect(await by({ ...doctor, roles: ["nurse"] })).toEqual(["forbidden"]);
    expect(await by({ kind: "public" })).toEqual(["forbidden"]);
    expect(await by({ ...doctor, roles: ["admin"], careTeams: [] })).toEqual(["done"]);
  });
});
