import { Organization, Patient } from "@turno/core/identity";
import { Preference } from "@turno/core/notifications";
import { unlike } from "@turno/core/testing";
import { beforeEach, describe, expect, test } from "vitest";
import { aDesk, asked, booked, type Desk } from "../testing/index.ts";

let desk: Desk;
let person: { organizationId: string; patientId: string };

beforeEach(async () => {
  desk = await aDesk();
  const { organizationId } = desk.practice;
  const [patientName, patientPhone] = ["Lucía Ramírez", "+525587654321"];
  const patientId = Patient.idOf(desk.context, organizationId, patientName, patientPhone);
  person = { organizationId, patientId };
  const newcomer = { ...person, patientName, patientPhone, language: "es", at: desk.context.now() } as const;
  await Patient.recognise(desk.context, newcomer);
});

const quietHours = { from: "22:00", to: "09:00" };

describe("staff", () => {
  const params = () => ({ patientId: person.patientId });

  test("write down what a patient says, by the version that they read", async () => {
    const read = await desk.call("getPatientPreferences", { as: "nurse", params: params() });
    expect([read.status, read.body]).toEqual([
      200,
      { channels: [], detail: "full", hasDevice: false, version: 0 },
    ]);
    const headers = { "if-match": String(read.headers.etag) };
    const edit = (body: object) =>
      desk.call("editPatientPreferences", { as: "nurse", params: params(), headers, body });
    const edited = await edit({ channels: ["sms"], outreach: { given: true, how: "phone" } });
    expect(edited.body).toMatchObject({ channels: ["sms"], outreach: { given: true, how: "phone" } });
    expect((await edit({ detail: "minimal" })).status).toBe(412);
    expect(await Preference.consents(desk.context, person)).toMatchObject([{ given: true, how: "phone" }]);
  });

  test("have to say how a consent was given, and cannot say that it was by a link", async () => {
    for (const outreach of [{ given: true }, { given: true, how: "link" }]) {
      const call = { as: "nurse", params: params(), body: { outreach } } as const;
      expect((await desk.call("editPatientPreferences", call)).status).toBe(422);
    }
  });

  test("of another clinic find nobody, nor anybody a patient that there is not", async () => {
    for (const [as, patientId] of [
      ["stranger", person.patientId],
      ["nurse", unlike(person.patientId)],
    ] as const) {
      const call = { as, params: { patientId } };
      expect((await desk.call("getPatientPreferences", call)).status).toBe(404);
      const body = { detail: "minimal" };
      expect((await desk.call("editPatientPreferences", { ...call, body })).status).toBe(404);
    }
  });
});

describe("the holder of a link", () => {
  test("chooses for all their visits, by that of a visit and by that of a request", async () => {
    const visit = await booked(desk, "09:20");
    const request = await asked(desk, "09:00");
    const edited = await desk.call("editPreferences", {
      ...{ as: visit.link, body: { quietHours, detail: "minimal", outreach: { given: true } } },
    });
    expect(edited.body).toMatchObject({
      quietHours,
      detail: "minimal",
      outreach: { given: true, how: "link" },
    });
    const read = await desk.call("getPreferences", { as: request.link });
    expect([read.status, read.body]).toEqual([200, edited.body]);
  });

  test("sees no other patient's, and without a link there is nothing to see", async () => {
    const { link } = await booked(desk, "09:20");
    await desk.call("editPreferences", { as: link, body: { quietHours } });
    const other = await desk.call("createReservation", {
      as: "nurse",
      body: {
        ...{ slotId: desk.slot("09:40"), serviceId: desk.consultation.serviceId },
        ...{ patientName: "Mateo Ramírez", patientPhone: "+525587654321", source: "phone" },
      },
    });
    const read = await desk.call("getPreferences", { as: String(other.body.linkToken) });
    expect(read.body).not.toHaveProperty("quietHours");
    expect((await desk.call("getPreferences")).status).toBe(401);
  });

  test("takes no hour for a whole day, no channel twice, and no push address of anybody's", async () => {
    const { link } = await booked(desk, "09:20");
    const keys = { p256dh: "B".repeat(87), auth: "a".repeat(22) };
    for (const body of [
      { quietHours: { from: "09:00", to: "09:00" } },
      { channels: ["sms", "sms"] },
      { pushSubscription: { endpoint: "https://169.254.169.254/", keys } },
      { patientId: person.patientId },
    ]) {
      expect((await desk.call("editPreferences", { as: link, body })).status).toBe(422);
    }
  });

  test("registers a browser for push messages, and takes it back", async () => {
    const { link } = await booked(desk, "09:20");
    const edit = (pushSubscription: object | null) =>
      desk.call("editPreferences", { as: link, body: { pushSubscription } });
    const subscription = {
      // As `PushSubscription.toJSON` writes it.
      ...{ endpoint: "https://fcm.googleapis.com/fcm/send/abc", expirationTime: null },
      keys: { p256dh: "B".repeat(87), auth: "a".repeat(22) },
    };
    const registered = await edit(subscription);
    expect([registered.status, registered.body.hasDevice]).toEqual([200, true]);
    expect(registered.text + JSON.stringify(desk.lines)).not.toMatch(/fcm|BBBB|aaaa/);
    expect((await edit(null)).body.hasDevice).toBe(false);
  });
});

describe("the key that browsers subscribe with", () => {
  const push = { push: { provider: "web-push", sender: "web" } } as const;

  test("is read by the holder of a link, at a clinic that sends push messages", async () => {
    desk = await aDesk(undefined, { pushKey: "B".repeat(87) });
    await Organization.speakThrough(desk.context, desk.practice.organizationId, push);
    for (const { link } of [await booked(desk, "09:20"), await asked(desk, "09:00")]) {
      const { status, body } = await desk.call("getPushKey", { as: link });
      expect([status, body]).toEqual([200, { publicKey: "B".repeat(87) }]);
    }
    expect((await desk.call("getPushKey")).status).toBe(401);
  });

  test("is not there at a clinic, or on a stage, that sends none", async () => {
    const without = await booked(desk, "09:20");
    await Organization.speakThrough(desk.context, desk.practice.organizationId, push);
    expect((await desk.call("getPushKey", { as: without.link })).status).toBe(404);
    desk = await aDesk(undefined, { pushKey: "B".repeat(87) });
    const elsewhere = await booked(desk, "09:20");
    expect((await desk.call("getPushKey", { as: elsewhere.link })).status).toBe(404);
  });
});
