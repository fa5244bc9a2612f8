import { expect, test } from "vitest";
import type { Actor } from "../../platform/index.ts";
import type { Service } from "../../scheduling/index.ts";
import {
  anOpenDay,
  anybody,
  aPractice,
  ask,
  book,
  doctorOf,
  outcomesOf,
  slotAt,
  testContext,
  toldEvents,
} from "../../testing/index.ts";
import { Request, Reservation } from "../index.ts";

// Tuesday in Mexico City; tests begin on Monday at 09:00 there.
const NINE = "2026-03-03T15:00:00.000Z";

const given = async (service: Partial<Service.NewService> = {}, changes = {}) => {
  const context = await testContext();
  const day = await anOpenDay(context, "2026-03-03", service, changes);
  return { context, ...day, doctor: doctorOf(day.practice) };
};

test("a service that needs no approval is booked at once, by anybody", async () => {
  const { context, practice, service, doctor } = await given({ approval: "instant" });
  const { reservationId } = await book(context, practice, service, NINE, { by: anybody });
  expect(await Reservation.view(context, doctor, reservationId)).toMatchObject({
    status: "confirmed",
    slotId: slotAt(practice, service, NINE),
    appointmentTime: NINE,
    appointmentEndTime: "2026-03-03T15:20:00.000Z",
    price: 60_000,
    remindersSent: [],
  });
  expect((await toldEvents(context)).at(-1)).toBe("reservation/created");
  await expect(book(context, practice, service, NINE, { by: anybody })).rejects.toMatchObject({
    type: "slot-taken",
  });
});

test("staff book inside the notice and beyond the horizon, not in the past", async () => {
  const { context, practice, service } = await given({}, { noticeMinutes: 600, horizonDays: 1 });
  context.at("2026-03-02T15:00:00.000Z");
  await expect(book(context, practice, service, NINE)).resolves.toMatchObject({ status: "confirmed" });
  context.at("2026-03-03T15:19:00.000Z");
  await expect(book(context, practice, service, "2026-03-03T15:20:00.000Z")).resolves.toBeDefined();
  await expect(book(context, practice, service, NINE)).rejects.toMatchObject({ type: "slot-past" });
});

test("patients book at once only outside the notice and before the horizon", async () => {
  const { context, practice, service } = await given(
    { approval: "instant" },
    { noticeMinutes: 60, horizonDays: 1 },
  );
  const booked = () => outcomesOf([book(context, practice, service, NINE, { by: anybody })]);
  expect(await booked()).toEqual(["slot-too-far"]);
  context.at("2026-03-03T14:30:00.000Z");
  expect(await booked()).toEqual(["slot-too-soon"]);
});

test("a hold that has ended gives way, one that has not does not", async () => {
  const { context, practice, service, doctor } = await given();
  const briefly = { ...practice, policy: { ...practice.policy, holdMinutes: 60 } };
  const { requestId, expiresAt } = await ask(context, briefly, service, NINE);
  await expect(book(context, practice, service, NINE)).rejects.toMatchObject({ type: "slot-taken" });
  context.at(expiresAt);
  await expect(book(context, practice, service, NINE)).resolves.toMatchObject({ status: "confirmed" });
  expect(await Request.view(context, doctor, requestId)).toMatchObject({ status: "expired" });
});

test("what needs approval is booked at once only by the care team and admins", async () => {
  const { context, practice, service, doctor } = await given();
  const by = (actor: Actor) => outcomesOf([book(context, practice, service, NINE, { by: actor })]);
  const colleague = { ...doctor, careTeams: [] };
  expect(await by(anybody)).toEqual(["forbidden"]);
  expect(await by(colleague)).toEqual(["forbidden"]);
  expect(await by(doctorOf(aPractice(context)))).toEqual(["not-found"]);
  expect(await by({ ...colleague, roles: ["admin"] })).toEqual(["done"]);
});

test("what needs none is not booked by staff of another clinic as its own", async () => {
  const { context, practice, service } = await given({ approval: "instant" });
  const stranger = doctorOf(aPractice(context));
  await expect(book(context, practice, service, NINE, { by: stranger })).rejects.toMatchObject({
    type: "not-found",
  });
});

test("what is told about the illness is kept with a booking that no request came before", async () => {
  const context = await testContext();
  const { practice, service } = await anOpenDay(context, "2026-03-03", { approval: "instant" });
  const { reservationId } = await book(context, practice, service, "2026-03-03T15:00:00.000Z", {
    wish: { chiefComplaint: "Tos", allergies: "Penicilina" },
  });
  expect(await Reservation.view(context, doctorOf(practice), reservationId)).toMatchObject({
    chiefComplaint: "Tos",
    allergies: "Penicilina",
  });
});
