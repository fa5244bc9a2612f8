import { expect, test } from "vitest";
import { type Actor, Audit } from "../../platform/index.ts";
import {
  anOpenDay,
  aPractice,
  book,
  doctorOf,
  once,
  outcomesOf,
  patientOf,
  testContext,
} from "../../testing/index.ts";
import { Note } from "../index.ts";

const given = async () => {
  const context = await testContext();
  const { practice, service } = await anOpenDay(context, "2026-03-03");
  const { reservationId } = await book(context, practice, service, "2026-03-03T15:00:00.000Z");
  const doctor = doctorOf(practice);
  const add = (actor: Actor, text: string, type: Note.NewNote["type"] = "clinical") =>
    Note.add(context, actor, reservationId, { type, text }, once(context));
  return { context, practice, reservationId, doctor, add };
};

test("notes are read in the order in which they were written, and none is ever replaced", async () => {
  const { context, reservationId, doctor, add } = await given();
  await add(doctor, "Presión 140/90");
  context.pass({ minutes: 1 });
  await add(doctor, "Presión 130/80; la nota anterior tenía un error", "correction");
  const notes = await Note.list(context, doctor, reservationId);
  expect(notes).toMatchObject([
    { text: "Presión 140/90", type: "clinical", author: doctor.memberId, reservationId },
    { type: "correction", createdAt: "2026-03-02T15:01:00.000Z" },
  ]);
});

test("writing and reading both leave a line in the audit log, without what was written", async () => {
  const { context, practice, reservationId, doctor, add } = await given();
  await add(doctor, "Ansiedad");
  await Note.list(context, doctor, reservationId);
  const trail = await Audit.trail(context, practice.organizationId, reservationId);
  expect(trail.map(({ action, by }) => [action, by]).sort()).toEqual([
    ["note/added", doctor.memberId],
    ["read/notes", doctor.memberId],
  ]);
  expect(JSON.stringify(trail)).not.toContain("Ansiedad");
});

test("notes are for the care team: not for the patient, the desk or another clinic", async () => {
  const { context, practice, reservationId, doctor, add } = await given();
  const nurse = { ...doctor, roles: ["nurse" as const] };
  const actors: Actor[] = [
    nurse,
    { ...doctor, roles: ["admin"], careTeams: [] },
    { ...doctor, careTeams: [] },
    patientOf(practice, reservationId),
    { kind: "public" },
    doctorOf(aPractice(context)),
  ];
  const expected = ["done", "done", "forbidden", "forbidden", "forbidden", "not-found"];
  expect(await outcomesOf(actors.map((actor) => add(actor, "Reposo")))).toEqual(expected);
  expect(await outcomesOf(actors.map((actor) => Note.list(context, actor, reservationId)))).toEqual(expected);
});

test("a note needs a visit", async () => {
  const { context, doctor } = await given();
  const missing = "res_01JDWXR3M8Q6V9T2KZB4N7HC5E";
  await expect(
    Note.add(context, doctor, missing, { type: "clinical", text: "Reposo" }, once(context)),
  ).rejects.toMatchObject({ type: "not-found" });
});
