import { describe, expect, test } from "vitest";
import { Audit } from "../../platform/index.ts";
import { aPractice, doctorOf, outcomesOf, patientOf, rowsOf, testContext } from "../../testing/index.ts";
import { Patient } from "../index.ts";

const PHONE = "+525587654321";

const given = async () => {
  const context = await testContext();
  const practice = aPractice(context);
  const { organizationId } = practice;
  const recognise = async (patientName: string, patientPhone = PHONE, clinic = organizationId) => {
    const patientId = Patient.idOf(context, clinic, patientName, patientPhone);
    context.pass({ seconds: 1 });
    await Patient.recognise(context, {
      organizationId: clinic,
      patientId,
      patientName,
      patientPhone,
      language: "es",
      at: context.now(),
    });
    return patientId;
  };
  return { context, practice, organizationId, recognise, doctor: doctorOf(practice) };
};

describe("a patient is known", () => {
  test("by name and phone, whatever accents, case and spaces", async () => {
    const { context, recognise, doctor } = await given();
    const patientId = await recognise("José  Pérez");
    expect(await recognise("jose perez ")).toBe(patientId);
    expect(await Patient.get(context, doctor, patientId)).toMatchObject({
      patientName: "José  Pérez",
      version: 1,
    });
    expect(await rowsOf(context, "patient")).toHaveLength(1);
  });

  test("apart from others of the family who share the phone, and in each clinic apart", async () => {
    const { context, recognise } = await given();
    const ids = [
      await recognise("Lucía Ramírez"),
      await recognise("Diego Ramírez"),
      await recognise("Lucía Ramírez", "+525511110000"),
      await recognise("Lucía Ramírez", PHONE, aPractice(context).organizationId),
    ];
    expect(new Set(ids).size).toBe(4);
  });

  test("by whoever calls from their phone, in the form that a provider gives it", async () => {
    const { context, organizationId, recognise } = await given();
    const ids = [await recognise("Lucía Ramírez"), await recognise("Diego Ramírez")];
    await recognise("Ana", "+525511110000");
    const found = await Patient.byPhone(context, organizationId, "+5215587654321");
    expect(found.map(({ patientId }) => patientId).sort()).toEqual(ids.sort());
    expect(await Patient.byPhone(context, organizationId, "+525500000000")).toEqual([]);
    expect(await Patient.byPhone(context, aPractice(context).organizationId, PHONE)).toEqual([]);
  });

  test("without their name or phone in any key", async () => {
    const { context, recognise } = await given();
    await recognise("Lucía Ramírez");
    const [row] = await rowsOf(context, "patient");
    const keys = Object.entries(row!).filter(([name]) => /^(pk|sk|gsi\d[ps]k)$/.test(name));
    expect(keys).toHaveLength(6);
    expect(JSON.stringify(keys)).not.toMatch(/luc|ram|5587654321/i);
  });
});

describe("the front desk finds", () => {
  test("everybody, in pages, each once", async () => {
    const { context, recognise, doctor } = await given();
    const ids: string[] = [];
    for (const name of ["Ana", "Berta", "Carla", "Diana", "Elena"]) ids.push(await recognise(name));
    await recognise("Otra", PHONE, aPractice(context).organizationId);
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await Patient.search(context, doctor, { limit: 2, ...(cursor && { cursor }) });
      expect(page.items.length).toBeLessThanOrEqual(2);
      found.push(...page.items.map(({ patientId }) => patientId));
      cursor = page.nextCursor;
    } while (cursor);
    expect(found).toEqual(ids);
  });

  test("a part of a name, never more than asked for, also over pages", async () => {
    const { context, recognise, doctor } = await given();
    const names = ["Ana Soto", "Luis", "Berta SOTO", "Carla", "José Sotó", "Diana Soto"];
    for (const name of names) await recognise(name);
    const first = await Patient.search(context, doctor, { query: "soto", limit: 3 });
    expect(first.items.map(({ patientName }) => patientName)).toEqual([
      "Ana Soto",
      "Berta SOTO",
      "José Sotó",
    ]);
    const second = await Patient.search(context, doctor, {
      query: "soto",
      limit: 3,
      cursor: first.nextCursor,
    });
    expect(second.items.map(({ patientName }) => patientName)).toEqual(["Diana Soto"]);
    expect(second.nextCursor).toBeUndefined();
  });

  test("a family by its phone", async () => {
    const { context, recognise, doctor } = await given();
    await recognise("Lucía Ramírez");
    await recognise("Diego Ramírez");
    await recognise("Otra", "+525500000000");
    const { items } = await Patient.search(context, doctor, { query: PHONE, limit: 10 });
    expect(items.map(({ patientName }) => patientName).sort()).toEqual(["Diego Ramírez", "Lucía Ramírez"]);
  });
});

test("a record is corrected against the version that was read", async () => {
  const { context, recognise, doctor } = await given();
  const patientId = await recognise("Lucia Ramirez");
  const edit = (changes: Patient.PatientEdit, version?: number) =>
    Patient.edit(context, doctor, patientId, changes, version);
  expect(await edit({ patientName: "Lucía Ramírez", patientEmail: "lucia@example.com" }, 1)).toMatchObject({
    patientName: "Lucía Ramírez",
    patientEmail: "lucia@example.com",
    version: 2,
  });
  await expect(edit({ language: "en" }, 1)).rejects.toMatchObject({ type: "stale" });
  expect(await edit({ patientEmail: null, birthDate: "1990-02-28" })).toMatchObject({
    birthDate: "1990-02-28",
    version: 3,
  });
  expect(await Patient.get(context, doctor, patientId)).not.toHaveProperty("patientEmail");
  expect(await outcomesOf([edit({ language: "en" }), edit({ language: "pt" })])).toEqual(["done", "done"]);
});

test("a patient's record is for the staff of the clinic; every reading is logged", async () => {
  const { context, practice, organizationId, recognise, doctor } = await given();
  const patientId = await recognise("Lucía Ramírez");
  const stranger = doctorOf(aPractice(context));
  const patient = patientOf(practice, "req_01JDWXR3M8Q6V9T2KZB4N7HC5E");
  const actors = [doctor, stranger, patient, { kind: "public" as const }];
  const expected = ["done", "not-found", "forbidden", "forbidden"];
  expect(await outcomesOf(actors.map((actor) => Patient.get(context, actor, patientId)))).toEqual(expected);
  expect(await outcomesOf(actors.map((actor) => Patient.edit(context, actor, patientId, {})))).toEqual(
    expected,
  );
  expect(await outcomesOf(actors.map((actor) => Patient.search(context, actor, { limit: 1 })))).toEqual([
    "done",
    "done",
    "forbidden",
    "forbidden",
  ]);
  expect((await Patient.search(context, stranger, { limit: 10 })).items).toEqual([]);
  const trail = await Audit.trail(context, organizationId, patientId);
  expect(trail.map(({ by }) => by)).toEqual([doctor.memberId, doctor.memberId]);
});
