import { expect, test } from "vitest";
import type { Actor } from "../../platform/index.ts";
import {
  anOpenDay,
  aPractice,
  book,
  doctorOf,
  factsOf,
  once,
  outcomesOf,
  patientOf,
  rowsOf,
  testContext,
  toldEvents,
} from "../../testing/index.ts";
import { Reservation } from "../index.ts";

// Tuesday, 09:00 in Mexico City.
const NINE = "2026-03-03T15:00:00.000Z";

const given = async () => {
  const context = await testContext();
  const day = await anOpenDay(context, "2026-03-03");
  const { practice, service } = day;
  const { reservationId } = await book(context, practice, service, NINE);
  context.at(NINE);
  const complete = (actor: Actor, completion: Reservation.Completion = {}) =>
    Reservation.complete(context, actor, completion, { reservationId, operation: once(context) });
  const noShow = (actor: Actor) =>
    Reservation.noShow(context, actor, { reservationId, operation: once(context) });
  return { context, ...day, reservationId, complete, noShow, doctor: doctorOf(practice) };
};

test("a visit that took place is told with what came of it, and keeps its time", async () => {
  const { context, reservationId, complete, doctor } = await given();
  await complete(doctor, { notes: "Reposo", prescriptionIssued: true });
  expect(await factsOf(context, "reservation/completed")).toMatchObject([
    {
      events: ["reservation/completed"],
      data: { notes: "Reposo", prescriptionIssued: true, completedAt: NINE },
    },
  ]);
  expect(await Reservation.view(context, doctor, reservationId)).toMatchObject({
    status: "completed",
    endedAt: NINE,
  });
  expect(
    (await rowsOf(context, "hour")).flatMap(Object.keys).filter((name) => /^g\d+$/.test(name)),
  ).toHaveLength(4);
});

test("a follow-up that is wished for is told with it, the usual one after a day", async () => {
  const { context, complete, doctor } = await given();
  await complete(doctor, { followUpRequired: true });
  expect(await factsOf(context, "appointment/completed")).toMatchObject([
    {
      events: ["reservation/completed", "appointment/completed"],
      data: { followUpType: "24h", appointmentDate: "2026-03-03" },
    },
  ]);
});

test("a patient who did not come is told of", async () => {
  const { context, reservationId, noShow, doctor } = await given();
  await noShow(doctor);
  expect((await toldEvents(context)).at(-1)).toBe("reservation/no-show");
  expect(await Reservation.view(context, doctor, reservationId)).toMatchObject({ status: "no_show" });
});

test("a visit that has not begun can neither take place nor be missed", async () => {
  const { context, complete, noShow, doctor } = await given();
  context.pass({ seconds: -0.001 });
  expect(await outcomesOf([complete(doctor), noShow(doctor)])).toEqual(["not-begun", "not-begun"]);
});

test("a visit ends once, and one that took place is not missed any more", async () => {
  const { complete, noShow, doctor } = await given();
  const outcomes = await outcomesOf([1, 2, 3].map(() => complete(doctor)));
  expect(outcomes.sort()).toEqual(["already-ended", "already-ended", "done"]);
  expect(await outcomesOf([noShow(doctor), noShow(doctor)])).toEqual(["already-ended", "already-ended"]);
});

test("only those who run the calendar say how a visit ended", async () => {
  const { context, practice, reservationId, complete, noShow, doctor } = await given();
  const actors: Actor[] = [
    doctorOf(aPractice(context)),
    patientOf(practice, reservationId),
    { ...doctor, roles: ["nurse"] },
    { kind: "public" },
  ];
  const refused = ["not-found", "forbidden", "forbidden", "forbidden"];
  expect(await outcomesOf(actors.map((actor) => complete(actor)))).toEqual(refused);
  expect(await outcomesOf(actors.map(noShow))).toEqual(refused);
  expect(await outcomesOf([complete({ kind: "system" })])).toEqual(["done"]);
});
