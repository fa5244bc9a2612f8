import { describe, expect, test } from "vitest";
import { type Actor, Audit, idFrom, Outbox, ulidIn } from "../../platform/index.ts";
import {
  anOpenDay,
  aPractice,
  book,
  doctorOf,
  factsOf,
  known,
  once,
  outcomesOf,
  patientOf,
  testContext,
} from "../../testing/index.ts";
import { Prescription, Timeline } from "../index.ts";
import { NewPrescription } from "./prescription.ts";

// The test's time begins on Monday, 2 March 2026, 09:00 in Mexico City.
const amoxicillin = {
  medicationName: "Amoxicilina",
  dosage: "1 cápsula de 500 mg",
  frequency: "cada 8 horas",
  duration: "7 días",
  startDate: "2026-03-04",
};

const given = async () => {
  const context = await testContext();
  const { practice, service } = await anOpenDay(context, "2026-03-03");
  const visit = await book(context, practice, service, "2026-03-03T15:00:00.000Z");
  const { reservationId } = visit;
  const doctor = doctorOf(practice);
  const issue = (changes: Partial<NewPrescription> = {}, actor: Actor = doctor, operation = once(context)) =>
    Prescription.issue(
      context,
      actor,
      known(practice),
      { ...amoxicillin, ...changes },
      { reservationId, operation },
    );
  const end = (prescriptionId: string, actor: Actor = doctor, operation = once(context)) =>
    Prescription.end(context, actor, { prescriptionId, reason: "Alergia", operation });
  const list = (actor: Actor = doctor) => Prescription.list(context, actor, reservationId);
  const nurse: Actor = { ...doctor, roles: ["nurse"] };
  const actors: Actor[] = [
    nurse,
    { ...doctor, roles: ["admin"], careTeams: [] },
    { ...doctor, careTeams: [] },
    patientOf(practice, reservationId),
    { kind: "public" },
    doctorOf(aPractice(context)),
  ];
  return { context, practice, doctor, visit, reservationId, issue, end, list, actors };
};

const expected = ["done", "done", "forbidden", "forbidden", "forbidden", "not-found"];

describe("a prescription", () => {
  test("is issued at a visit and told once, with the patient of the visit", async () => {
    const { context, doctor, visit, reservationId, issue } = await given();
    const issued = await issue({ instructions: "Con alimentos" });
    expect(issued).toEqual({
      prescriptionId: issued.prescriptionId,
      reservationId,
      profileId: visit.profileId,
      patientId: visit.patientId,
      prescribedBy: doctor.memberId,
      ...amoxicillin,
      instructions: "Con alimentos",
      timezone: "America/Mexico_City",
      status: "active",
      nextDose: "2026-03-04T14:00:00.000Z",
      endsAt: "2026-03-11T14:00:00.000Z",
      createdAt: "2026-03-02T15:00:00.000Z",
    });
    expect(await factsOf(context, "prescription/created")).toMatchObject([
      {
        about: issued.prescriptionId,
        data: {
          prescriptionId: issued.prescriptionId,
          reservationId,
          profileId: visit.profileId,
          patientName: "Lucía Ramírez",
          patientPhone: "+525587654321",
          ...amoxicillin,
          instructions: "Con alimentos",
          timezone: "America/Mexico_City",
        },
      },
    ]);
  });

  test("begins today where the patient is, when nothing else is said", async () => {
    const { issue } = await given();
    // Tuesday, 00:00 in Tokyo.
    const inTokyo = await issue({ startDate: undefined, timezone: "Asia/Tokyo" });
    expect(inTokyo).toMatchObject({ startDate: "2026-03-03", nextDose: "2026-03-02T16:00:00.000Z" });
    expect(await issue({ startDate: undefined })).toMatchObject({ startDate: "2026-03-02" });
  });

  test("goes on until its time is over", async () => {
    const { context, issue, end, list } = await given();
    const { prescriptionId, endsAt } = await issue();
    context.at("2026-03-11T05:59:00.000Z");
    expect(await list()).toMatchObject([{ status: "active", nextDose: "2026-03-11T06:00:00.000Z" }]);
    context.at(endsAt);
    const [over] = await list();
    expect([over?.status, over?.nextDose, over?.endedAt]).toEqual(["ended", undefined, undefined]);
    expect(await outcomesOf([end(prescriptionId)])).toEqual(["prescription-ended"]);
  });

  test("that would be over already, or begin in more than a year, is refused", async () => {
    const { issue } = await given();
    const errors = (pointer: string) => ({ type: "invalid", facts: { errors: [{ pointer }] } });
    await expect(issue({ startDate: "2026-02-20" })).rejects.toMatchObject(errors("/duration"));
    await expect(issue({ startDate: "2027-03-03" })).rejects.toMatchObject(errors("/startDate"));
    expect((await issue({ startDate: "2027-03-02" })).status).toBe("active");
  });

  test("names no medication to the timeline, where it stands between the bookings", async () => {
    const { context, doctor, visit, issue, end } = await given();
    context.pass({ minutes: 1 });
    const { prescriptionId } = await issue();
    const timeline = () => Timeline.of(context, doctor, visit.patientId, { limit: 10 });
    const { items } = await timeline();
    expect(items).toMatchObject([
      {
        ...{ kind: "prescription", id: prescriptionId, status: "active", serviceName: visit.serviceName },
        ...{ startTime: "2026-03-04T14:00:00.000Z", endTime: "2026-03-11T14:00:00.000Z" },
      },
      { kind: "reservation" },
    ]);
    expect(JSON.stringify(items)).not.toContain("Amoxicilina");
    await end(prescriptionId);
    expect((await timeline()).items[0]).toMatchObject({ kind: "prescription", status: "ended" });
  });
});

describe("ended early", () => {
  test("it says when and why, is told once, and has no more doses", async () => {
    const { context, visit, issue, end, list } = await given();
    const { prescriptionId } = await issue();
    context.pass({ hours: 1 });
    const ended = await end(prescriptionId);
    const endedAt = "2026-03-02T16:00:00.000Z";
    expect(ended).toMatchObject({ status: "ended", endedAt, reason: "Alergia", nextDose: undefined });
    expect(await list()).toEqual([ended]);
    expect(await factsOf(context, "prescription/ended")).toMatchObject([
      { about: prescriptionId, data: { prescriptionId, profileId: visit.profileId, endedAt } },
    ]);
  });

  test("by two at once, it is ended by one", async () => {
    const { context, issue, end } = await given();
    const { prescriptionId } = await issue();
    const outcomes = await outcomesOf([end(prescriptionId), end(prescriptionId)]);
    expect(outcomes.sort()).toEqual(["done", "prescription-ended"]);
    expect(await factsOf(context, "prescription/ended")).toHaveLength(1);
  });

  test("what nobody prescribed is not found", async () => {
    const { end } = await given();
    const missing = idFrom("prescription", "01JDWXR3M8Q6V9T2KZB4N7HC5E");
    expect(await outcomesOf([end(missing)])).toEqual(["not-found"]);
  });
});

describe("the same call twice", () => {
  test("prescribes once, also when it has become too late since", async () => {
    const { context, issue, list } = await given();
    const operation = once(context);
    const first = await issue({}, undefined, operation);
    expect(await issue({}, undefined, operation)).toEqual(first);
    context.at("2026-03-20T15:00:00.000Z");
    expect((await issue({}, undefined, operation)).prescriptionId).toBe(first.prescriptionId);
    expect(await list()).toHaveLength(1);
    expect(await factsOf(context, "prescription/created")).toHaveLength(1);
    const other = { ...operation, content: "other" };
    expect(await outcomesOf([issue({}, undefined, other)])).toEqual(["idempotency-key-reused"]);
  });

  test("ends once", async () => {
    const { context, issue, end } = await given();
    const { prescriptionId } = await issue();
    const operation = once(context);
    const answers = await Promise.all([1, 2].map(() => end(prescriptionId, undefined, operation)));
    expect(await end(prescriptionId, undefined, operation)).toEqual(answers[0]);
    expect(await factsOf(context, "prescription/ended")).toHaveLength(1);
    const other = { ...operation, content: "other" };
    expect(await outcomesOf([end(prescriptionId, undefined, other)])).toEqual(["idempotency-key-reused"]);
  });
});

describe("only the care team and admins", () => {
  test("prescribe", async () => {
    const { issue, actors } = await given();
    expect(await outcomesOf(actors.map((actor) => issue({}, actor)))).toEqual(expected);
  });

  test("read, and each reading is logged", async () => {
    const { context, practice, doctor, reservationId, issue, list, actors } = await given();
    await issue();
    expect(await outcomesOf(actors.map((actor) => list(actor)))).toEqual(expected);
    const trail = await Audit.trail(context, practice.organizationId, reservationId);
    expect(trail.map(({ action, by }) => [action, by])).toEqual([
      ["read/prescriptions", doctor.memberId],
      ["read/prescriptions", doctor.memberId],
    ]);
  });

  test("end", async () => {
    const { issue, end, actors } = await given();
    const issued = await Promise.all(actors.map(() => issue()));
    expect(await outcomesOf(actors.map((actor, index) => end(issued[index]!.prescriptionId, actor)))).toEqual(
      expected,
    );
  });
});

test("what leaves the table names neither the patient nor the medication", async () => {
  const { context, issue } = await given();
  const { prescriptionId } = await issue({ instructions: "Con alimentos" });
  const sent: object[] = [];
  await Outbox.relay(context, async (events) => void sent.push(...events), await Outbox.waiting(context, 0));
  const told = JSON.stringify(sent.filter((event) => JSON.stringify(event).includes(ulidIn(prescriptionId))));
  expect(told).toContain("cada 8 horas");
  expect(told).not.toMatch(/Amoxicilina|500 mg|alimentos|Lucía|5255/);
});

test("a visit may have several, in the order in which they were issued", async () => {
  const { context, issue, list } = await given();
  const names = ["Uno", "Dos", "Tres"];
  for (const medicationName of names) {
    await issue({ medicationName });
    context.pass({ minutes: 1 });
  }
  expect((await list()).map(({ medicationName }) => medicationName)).toEqual(names);
});

test("a frequency or duration that is not understood is pointed at, with what would be", () => {
  const { error } = NewPrescription.safeParse({
    ...amoxicillin,
    frequency: "de vez en cuando",
    duration: "un rato",
  });
  expect(error?.issues).toMatchObject([
    { path: ["frequency"], message: expect.stringContaining('"3 times a day"') },
    { path: ["duration"], message: expect.stringContaining('"7 days"') },
  ]);
});
