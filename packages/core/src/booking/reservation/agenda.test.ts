import { expect, test } from "vitest";
import type { Actor } from "../../platform/index.ts";
import { Generation } from "../../scheduling/index.ts";
import {
  aPractice,
  book,
  doctorOf,
  offer,
  once,
  openDaily,
  outcomesOf,
  patientOf,
  testContext,
} from "../../testing/index.ts";
import { Reservation } from "../index.ts";

/** Two doctors of one clinic, of whom the first is open until midnight in Mexico City. */
const given = async () => {
  const context = await testContext();
  const ana = aPractice(context);
  const javier = aPractice(context, { organizationId: ana.organizationId, doctorName: "Dr. Javier Ruiz" });
  const services = { ana: await offer(context, ana), javier: await offer(context, javier) };
  await openDaily(context, ana, { startTime: "20:00", endTime: "24:00" });
  await openDaily(context, javier, { startTime: "09:00", endTime: "10:00" });
  for (const practice of [ana, javier]) {
    await Generation.generate(context, practice, { from: "2026-03-03", to: "2026-03-04" });
  }
  return { context, ana, javier, services };
};

test("an agenda shows each day's reservations by the doctor's clock, in order", async () => {
  const { context, ana, services } = await given();
  // 23:40 on Tuesday in Mexico City is Wednesday in UTC.
  const late = await book(context, ana, services.ana, "2026-03-04T05:40:00.000Z");
  const early = await book(context, ana, services.ana, "2026-03-04T02:00:00.000Z");
  const next = await book(context, ana, services.ana, "2026-03-05T02:00:00.000Z");
  const agenda = async (from: string, to: string) =>
    (await Reservation.agenda(context, doctorOf(ana), ana, { from, to })).map(
      ({ reservationId }) => reservationId,
    );
  expect(await agenda("2026-03-03", "2026-03-03")).toEqual([early.reservationId, late.reservationId]);
  expect(await agenda("2026-03-03", "2026-03-04")).toEqual([
    early.reservationId,
    late.reservationId,
    next.reservationId,
  ]);
  expect(await agenda("2026-03-05", "2026-03-06")).toEqual([]);
});

test("an agenda shows what each reservation became", async () => {
  const { context, ana, services } = await given();
  const { reservationId } = await book(context, ana, services.ana, "2026-03-04T02:00:00.000Z");
  await Reservation.cancel(context, doctorOf(ana), { reservationId, operation: once(context) });
  expect(
    await Reservation.agenda(context, doctorOf(ana), ana, { from: "2026-03-03", to: "2026-03-03" }),
  ).toMatchObject([{ reservationId, status: "cancelled", patientName: "Lucía Ramírez" }]);
});

test("the front desk sees the day of the whole clinic, by time", async () => {
  const { context, ana, javier, services } = await given();
  await book(context, ana, services.ana, "2026-03-04T02:00:00.000Z");
  await book(context, javier, services.javier, "2026-03-03T15:00:00.000Z");
  await book(context, javier, services.javier, "2026-03-04T15:00:00.000Z");
  const day = await Reservation.clinicDay(context, doctorOf(ana), ana.organizationId, { date: "2026-03-03" });
  expect(day.map(({ profileId }) => profileId)).toEqual([javier.profileId, ana.profileId]);
});

test("an agenda is for the care team, a clinic's day for its staff", async () => {
  const { context, ana, javier, services } = await given();
  const { reservationId } = await book(context, ana, services.ana, "2026-03-04T02:00:00.000Z");
  const nurse = { ...doctorOf(ana), roles: ["nurse" as const] };
  const actors: Actor[] = [
    nurse,
    doctorOf(javier),
    doctorOf(aPractice(context)),
    patientOf(ana, reservationId),
    { kind: "public" },
  ];
  const dates = { from: "2026-03-03", to: "2026-03-03" };
  expect(await outcomesOf(actors.map((actor) => Reservation.agenda(context, actor, ana, dates)))).toEqual([
    "done",
    "forbidden",
    "not-found",
    "forbidden",
    "forbidden",
  ]);
  const clinicDay = (actor: Actor) =>
    Reservation.clinicDay(context, actor, ana.organizationId, { date: "2026-03-03" });
  expect(await outcomesOf(actors.map(clinicDay))).toEqual([
    "done",
    "done",
    "not-found",
    "forbidden",
    "forbidden",
  ]);
  expect(await outcomesOf(actors.map((actor) => Reservation.view(context, actor, reservationId)))).toEqual([
    "done",
    "forbidden",
    "not-found",
    "done",
    "forbidden",
  ]);
});
