import { describe, expect, test } from "vitest";
import { type Actor, Audit } from "../../platform/index.ts";
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
} from "../../testing/index.ts";
import { FollowUp, Reservation } from "../index.ts";

// Tuesday, 09:00 in Mexico City.
const NINE = "2026-03-03T15:00:00.000Z";
const TWENTY_PAST = "2026-03-03T15:20:00.000Z";
const LUCIA = "+525587654321";

const given = async (service = {}, wish = {}) => {
  const context = await testContext();
  const day = await anOpenDay(context, "2026-03-03", service);
  const { practice } = day;
  const { reservationId } = await book(context, practice, day.service, NINE, { wish });
  const doctor = doctorOf(practice);
  context.at(NINE);
  const complete = (id = reservationId) =>
    Reservation.complete(context, doctor, {}, { reservationId: id, operation: once(context) });
  const ask = (type: "24h" | "1week" = "24h", questions?: string[]) =>
    FollowUp.ask(context, { reservationId, type, questions });
  const answer = (messageId: string, text: string, type: "24h" | "1week" = "24h") =>
    FollowUp.answer(context, { reservationId, type, messageId, text, at: context.now() });
  const list = (actor: Actor = doctor) => FollowUp.list(context, actor, reservationId);
  return { context, ...day, reservationId, doctor, complete, ask, answer, list };
};

describe("a patient is asked", () => {
  test("with the questions of this visit, or those of the service, or the usual ones", async () => {
    const visit = await given({ followUpQuestions: ["¿Bajó la fiebre?"] });
    await visit.complete();
    await visit.ask("24h", ["¿Pudiste dormir?"]);
    visit.context.pass({ minutes: 1 });
    await visit.ask("1week");
    expect((await visit.list()).map(({ questions }) => questions)).toEqual([
      ["¿Pudiste dormir?"],
      ["¿Bajó la fiebre?"],
    ]);
    const english = await given({}, { language: "en" });
    await english.complete();
    await english.ask("24h", []);
    expect((await english.list())[0]?.questions).toContain("Does anything worry you?");
  });

  test("once for each type, and it is told once", async () => {
    const { context, reservationId, complete, ask, list } = await given();
    await complete();
    await Promise.all([ask("24h", ["A"]), ask("24h", ["A"]), ask("24h", ["A"])]);
    await ask("24h", ["B"]);
    expect(await list()).toMatchObject([{ followUpType: "24h", questions: ["A"], answers: [] }]);
    expect((await factsOf(context, "appointment/follow-up")).map(({ data }) => data)).toMatchObject([
      { reservationId, appointmentDate: "2026-03-03", followUpType: "24h", followUpQuestions: ["A"] },
    ]);
    expect(await FollowUp.questionsOf(context, reservationId, "24h")).toEqual(["A"]);
    expect(await FollowUp.questionsOf(context, reservationId, "1week")).toBeUndefined();
  });

  test("not when the visit did not take place", async () => {
    const { context, reservationId, doctor, ask, list } = await given();
    expect(await ask()).toBe(false);
    await Reservation.noShow(context, doctor, { reservationId, operation: once(context) });
    expect(await ask()).toBe(false);
    expect(await list()).toEqual([]);
  });
});

describe("what a patient writes", () => {
  test("answers what they were asked last, for three days", async () => {
    const { context, practice, reservationId, complete, ask } = await given();
    await complete();
    const { organizationId } = practice;
    const byPhone = () => FollowUp.openFor(context, { organizationId, phone: LUCIA });
    const byVisit = () => FollowUp.openFor(context, { reservationId });
    expect([await byPhone(), await byVisit()]).toEqual([undefined, undefined]);
    await ask("24h");
    context.pass({ minutes: 1 });
    await ask("1week");
    const open = { reservationId, type: "1week" };
    expect([await byPhone(), await byVisit()]).toEqual([open, open]);
    context.pass({ days: 3, seconds: -0.001 });
    expect([await byPhone(), await byVisit()]).toEqual([open, open]);
    context.pass({ seconds: 0.001 });
    expect([await byPhone(), await byVisit()]).toEqual([undefined, undefined]);
  });

  test("from one phone answers the visit that was asked about last, in this clinic alone", async () => {
    const { context, practice, service, reservationId, complete, ask } = await given();
    context.at("2026-03-03T14:30:00.000Z");
    const second = await book(context, practice, service, TWENTY_PAST, {
      wish: { patientName: "Mateo Ramírez" },
    });
    context.at(TWENTY_PAST);
    for (const id of [reservationId, second.reservationId]) await complete(id);
    await ask();
    context.pass({ minutes: 5 });
    await FollowUp.ask(context, { reservationId: second.reservationId, type: "24h" });
    const { organizationId } = practice;
    expect(await FollowUp.openFor(context, { organizationId, phone: LUCIA })).toEqual({
      reservationId: second.reservationId,
      type: "24h",
    });
    const other = aPractice(context).organizationId;
    expect(await FollowUp.openFor(context, { organizationId: other, phone: LUCIA })).toBeUndefined();
    expect(await FollowUp.openFor(context, { organizationId, phone: "+525500000000" })).toBeUndefined();
  });

  test("is kept with the follow-up that it answers, each message once, and told without the words", async () => {
    const { context, reservationId, complete, ask, answer, list } = await given();
    await complete();
    await ask("24h");
    context.pass({ minutes: 1 });
    await ask("1week");
    await Promise.all([answer("msg_1", "Mejor, gracias"), answer("msg_1", "Mejor, gracias")]);
    context.pass({ minutes: 1 });
    await answer("msg_2", "Aún me duele");
    expect(await list()).toMatchObject([
      { followUpType: "24h", answers: [{ text: "Mejor, gracias" }, { text: "Aún me duele" }] },
      { followUpType: "1week", answers: [] },
    ]);
    const told = await factsOf(context, "appointment/follow-up-answered");
    expect(told.map(({ data }) => data)).toMatchObject([
      { reservationId, followUpType: "24h", messageId: "msg_1" },
      { messageId: "msg_2" },
    ]);
    expect(JSON.stringify(told)).not.toContain("duele");
  });

  test("names neither the phone nor the message in a key", async () => {
    const { context, complete, ask, answer } = await given();
    await complete();
    await ask();
    await answer(`wamid.${LUCIA}`, "Bien");
    const rows = [...(await rowsOf(context, "followup")), ...(await rowsOf(context, "answer"))];
    const keys = rows.flatMap((row) => [row.pk, row.sk, row.gsi2pk, row.gsi2sk]);
    expect(keys.join()).not.toContain(LUCIA.slice(1));
  });
});

test("the care team reads it, nobody else, and the reading is logged", async () => {
  const { context, practice, reservationId, doctor, complete, ask, list } = await given();
  await complete();
  await ask();
  const actors: Actor[] = [
    { ...doctor, roles: ["nurse"] },
    { ...doctor, roles: ["admin"], careTeams: [] },
    { ...doctor, careTeams: [] },
    patientOf(practice, reservationId),
    { kind: "public" },
    doctorOf(aPractice(context)),
  ];
  expect(await outcomesOf(actors.map(list))).toEqual([
    ...["done", "done", "forbidden", "forbidden", "forbidden", "not-found"],
  ]);
  const trail = await Audit.trail(context, practice.organizationId, reservationId);
  expect(trail.filter(({ action }) => action === "read/follow-ups")).toHaveLength(2);
});
