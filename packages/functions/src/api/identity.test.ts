import { Patient, Profile } from "@turno/core/identity";
import { idFrom } from "@turno/core/platform";
import { beforeAll, expect, test } from "vitest";
import { aDesk, asked, booked, type Desk } from "../testing/index.ts";

let desk: Desk;
let patientId: string;

beforeAll(async () => {
  desk = await aDesk();
  const { organizationId } = desk.practice;
  patientId = Patient.idOf(desk.context, organizationId, "Lucía Ramírez", "+525587654321");
  await Patient.recognise(desk.context, {
    organizationId,
    patientId,
    patientName: "Lucía Ramírez",
    patientPhone: "+525587654321",
    language: "es",
    at: desk.context.now(),
  });
});

test("anybody sees a clinic with its phone and published profiles, without theirs", async () => {
  const { status, body, text } = await desk.call("getClinic", { params: { slug: desk.slug } });
  expect(status).toBe(200);
  expect(body).toMatchObject({
    slug: "clinica-roma",
    name: "Clínica Roma",
    phone: "+525550001000",
    profiles: [{ profileId: desk.practice.profileId, name: "Dra. Ana Torres", kind: "doctor" }],
  });
  expect(text).not.toContain("+5255111");
});

test("a clinic that there is not is not found", async () => {
  expect((await desk.call("getClinic", { params: { slug: "nowhere" } })).status).toBe(404);
});

test("anybody sees a published profile, and nobody one that is not", async () => {
  const shown = await desk.call("getProfile", { params: { profileId: desk.practice.profileId } });
  expect(shown.body).toMatchObject({
    name: "Dra. Ana Torres",
    clinic: { slug: "clinica-roma", phone: "+525550001000" },
  });
  const profileId = idFrom("profile", desk.context.newUlid());
  const published = await Profile.get(desk.context, desk.practice.profileId);
  await Profile.create(desk.context, { ...published, profileId, published: false });
  expect((await desk.call("getProfile", { params: { profileId } })).status).toBe(404);
});

test("staff find patients by a part of the name or by the whole phone", async () => {
  for (const query of ["ramirez", "+525587654321"]) {
    const { body } = await desk.call("listPatients", { as: "nurse", query: { query } });
    expect(body.items).toMatchObject([{ patientId, patientName: "Lucía Ramírez" }]);
  }
  const { body } = await desk.call("listPatients", { as: "nurse", query: { query: "gómez" } });
  expect(body.items).toEqual([]);
});

test("staff of another clinic find nobody", async () => {
  expect((await desk.call("listPatients", { as: "stranger" })).body.items).toEqual([]);
  expect((await desk.call("getPatient", { as: "stranger", params: { patientId } })).status).toBe(404);
  const timeline = await desk.call("getPatientTimeline", { as: "stranger", params: { patientId } });
  expect(timeline.body.items).toEqual([]);
});

test("staff correct a record by the version that they read", async () => {
  const read = await desk.call("getPatient", { as: "nurse", params: { patientId } });
  const ifMatch = { "if-match": String(read.headers.etag) };
  const edit = (body: object) =>
    desk.call("editPatient", { as: "nurse", params: { patientId }, headers: ifMatch, body });
  const edited = await edit({ birthDate: "1990-05-17" });
  expect([edited.status, edited.body.birthDate]).toEqual([200, "1990-05-17"]);
  expect((await edit({ language: "pt" })).status).toBe(412);
});

test("a phone is not corrected", async () => {
  const { status } = await desk.call("editPatient", {
    as: "nurse",
    params: { patientId },
    body: { patientPhone: "+525500000000" },
  });
  expect(status).toBe(422);
});

test("a patient's timeline has what was asked and what was booked, page by page", async () => {
  const { requestId } = await asked(desk, "09:00");
  desk.context.pass({ minutes: 1 });
  const { reservationId } = await booked(desk, "09:20");
  const first = await desk.call("getPatientTimeline", {
    as: "nurse",
    params: { patientId },
    query: { limit: "1" },
  });
  const cursor = String(first.body.nextCursor);
  const second = await desk.call("getPatientTimeline", {
    as: "nurse",
    params: { patientId },
    query: { limit: "1", cursor },
  });
  expect(first.body.items).toMatchObject([{ id: reservationId, status: "confirmed" }]);
  expect(second.body.items).toMatchObject([{ id: requestId, status: "pending" }]);
});
