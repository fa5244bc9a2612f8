import { beforeAll, expect, test } from "vitest";
import { aDesk, booked, type Desk } from "../testing/index.ts";

let desk: Desk;
let params: { reservationId: string };
let link: string;

beforeAll(async () => {
  desk = await aDesk();
  const visit = await booked(desk, "09:00");
  params = { reservationId: visit.reservationId };
  link = visit.link;
});

const body = {
  medicationName: "Amoxicilina",
  dosage: "1 cápsula de 500 mg",
  frequency: "cada 8 horas",
  duration: "7 días",
  startDate: "2026-03-04",
};

const issued = async (changes = {}) => {
  const answer = await desk.call("createPrescription", {
    as: "doctor",
    params,
    body: { ...body, ...changes },
  });
  return { prescriptionId: String(answer.body.prescriptionId) };
};

test("a doctor prescribes, the care team reads it, and it is ended", async () => {
  const created = await desk.call("createPrescription", { as: "doctor", params, body });
  expect([created.status, created.body]).toMatchObject([
    201,
    {
      ...body,
      ...params,
      status: "active",
      timezone: "America/Mexico_City",
      nextDose: "2026-03-04T14:00:00.000Z",
    },
  ]);
  const read = await desk.call("listPrescriptions", { as: "nurse", params });
  expect(read.body.items).toEqual([created.body]);
  const ended = await desk.call("endPrescription", {
    as: "nurse",
    params: { prescriptionId: String(created.body.prescriptionId) },
    body: { reason: "Reacción alérgica" },
  });
  expect([ended.status, ended.body]).toMatchObject([200, { status: "ended", reason: "Reacción alérgica" }]);
  const again = await desk.call("endPrescription", {
    as: "doctor",
    params: { prescriptionId: String(created.body.prescriptionId) },
    body: { reason: "Otra vez" },
  });
  expect([again.status, again.body.type]).toEqual([409, "urn:turno:problem:prescription-ended"]);
});

test("what is not understood is pointed at, all at once, with what would be", async () => {
  const wrong = { ...body, frequency: "de vez en cuando", duration: "un rato", timezone: "Mars/Olympus" };
  const { status, body: problem } = await desk.call("createPrescription", {
    as: "doctor",
    params,
    body: wrong,
  });
  expect([status, problem.errors]).toEqual([
    422,
    [
      { in: "body", pointer: "/frequency", detail: expect.stringContaining('"every 8 hours"') },
      { in: "body", pointer: "/duration", detail: expect.stringContaining('"7 days"') },
      { in: "body", pointer: "/timezone", detail: expect.stringContaining("IANA") },
    ],
  ]);
});

test("what would be over already is refused with its place", async () => {
  const over = { ...body, startDate: "2026-02-01" };
  const { status, body: problem } = await desk.call("createPrescription", {
    as: "doctor",
    params,
    body: over,
  });
  expect([status, problem.errors]).toMatchObject([422, [{ pointer: "/duration" }]]);
});

test("nobody else prescribes, reads or ends: not another doctor, another clinic or the patient", async () => {
  const { prescriptionId } = await issued();
  const others: [string, number][] = [
    ["colleague", 403],
    ["stranger", 404],
    [link, 401],
  ];
  for (const [as, refused] of others) {
    const answers = [
      await desk.call("createPrescription", { as, params, body }),
      await desk.call("listPrescriptions", { as, params }),
      await desk.call("endPrescription", { as, params: { prescriptionId }, body: { reason: "No" } }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([refused, refused, refused]);
  }
});

test("one key prescribes once and ends once, and serves for no other content", async () => {
  const calling = { as: "doctor", params, body, headers: { "idempotency-key": "p-1" } };
  const first = await desk.call("createPrescription", calling);
  expect((await desk.call("createPrescription", calling)).body).toEqual(first.body);
  const other = await desk.call("createPrescription", {
    ...calling,
    body: { ...body, dosage: "2 cápsulas" },
  });
  expect([other.status, other.body.type]).toEqual([422, "urn:turno:problem:idempotency-key-reused"]);

  const prescription = { prescriptionId: String(first.body.prescriptionId) };
  const ending = { ...calling, params: prescription, body: { reason: "Alergia" } };
  const ended = await desk.call("endPrescription", ending);
  const again = await desk.call("endPrescription", ending);
  expect([again.status, again.body]).toEqual([200, ended.body]);
});

test("the patient's timeline shows it to all staff, and what it is for to none", async () => {
  const { prescriptionId } = await issued();
  const { items } = (await desk.call("listPrescriptions", { as: "doctor", params })).body as {
    items: { patientId: string }[];
  };
  const { body: timeline, text } = await desk.call("getPatientTimeline", {
    as: "colleague",
    params: { patientId: items[0]!.patientId },
  });
  expect(timeline.items).toContainEqual(
    expect.objectContaining({ kind: "prescription", id: prescriptionId, status: "active" }),
  );
  expect(text).not.toContain("Amoxicilina");
});
