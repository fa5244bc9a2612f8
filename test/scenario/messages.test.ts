import { Organization } from "@turno/core/identity";
import { describe, expect, test } from "vitest";
import { send } from "../stage/http.ts";
import { aPatient, dayOf, openDemoClinic } from "./demo.ts";

const clinic = await openDemoClinic();
const { machine, url } = clinic;

/** Asks a route of this machine. */
async function local(route: string, body: object) {
  const [method, path] = route.split(" ") as [string, string];
  const headers = { "content-type": "application/json" };
  const { status, text } = await send(`${url}${path}`, { method, headers, body: JSON.stringify(body) });
  return { status, body: JSON.parse(text) as Record<string, unknown> };
}

/** A visit that was booked at once by a patient of their own. */
async function booked() {
  const patient = aPatient();
  const { slotId, serviceId } = (await dayOf(clinic, "ana", "seguimiento"))[0]!;
  await clinic.anybody.createRequest({ body: { slotId, serviceId, ...patient } });
  await clinic.settled();
  return patient.patientPhone;
}

const sentTo = (to: string) => machine.providers.messages({ to }).reverse();

/** Lets the phones have their time. */
const moments = () => machine.advanceTo(machine.clock.now() + 60_000);

const logOf = async () =>
  (await (await clinic.as("admin")).listNotifications({ query: { limit: 100 } })).items;

test("a message goes through the clinic's provider, and its receipt comes back", async () => {
  const phone = await booked();
  const [confirmed] = sentTo(phone);
  expect(confirmed).toMatchObject({
    provider: "twilio",
    channel: "whatsapp",
    template: "appointment_confirmed",
  });
  await moments();
  const found = (await logOf()).find(
    ({ providerMessageId }) => providerMessageId === confirmed!.providerMessageId,
  );
  expect(found).toMatchObject({ status: "DELIVERED" });
});

test("a message whose answer got lost goes out once", async () => {
  await local("POST /_local/faults", { provider: "twilio", times: 1, answer: "lost" });
  const phone = await booked();
  await machine.advanceTo(machine.clock.now() + 3_600_000);
  expect(sentTo(phone).map(({ template }) => template)).toEqual(["appointment_confirmed"]);
});

test("what WhatsApp cannot deliver goes out by SMS", async () => {
  await local("POST /_local/faults", { provider: "twilio", times: 1, receipt: "undelivered" });
  const phone = await booked();
  await moments();
  await clinic.settled();
  expect(sentTo(phone).map(({ channel, fate }) => [channel, fate.status])).toEqual([
    ["whatsapp", "failed"],
    ["sms", "delivered"],
  ]);
  // An SMS is free text for its provider.
  const { text } = await send(`${url}/_local/messages?to=${phone}`);
  const { items } = JSON.parse(text) as { items: { channel: string; template?: string }[] };
  expect(items).toMatchObject([
    { channel: "sms", template: "appointment_confirmed" },
    { channel: "whatsapp", template: "appointment_confirmed" },
  ]);
});

test("a browser that was registered is reminded by push, and one that is gone gives way to SMS", async () => {
  const { slotId, serviceId } = (await dayOf(clinic, "ana", "seguimiento"))[0]!;
  const patient = aPatient();
  const booked = await clinic.anybody.createRequest({ body: { slotId, serviceId, ...patient } });
  await clinic.settled();
  const holder = clinic.withLink(booked.linkToken);
  const { publicKey } = await holder.getPushKey();
  const pushSubscription = machine.providers.subscribe(publicKey);
  const registered = await holder.editPreferences({ body: { pushSubscription, channels: ["push", "sms"] } });
  expect(registered.hasDevice).toBe(true);

  const desk = await clinic.as("doctor");
  const remind = async () => {
    const reservationId = "reservationId" in booked ? booked.reservationId : "";
    await desk.remindReservation({ params: { reservationId } });
    await clinic.settled();
  };
  const pushed = () => machine.providers.messages().filter(({ channel }) => channel === "push");
  await remind();
  expect(pushed()).toMatchObject([{ template: "appointment_reminder_72h" }]);
  expect(sentTo(patient.patientPhone).map(({ template }) => template)).toEqual(["appointment_confirmed"]);

  machine.providers.unsubscribe(pushSubscription.endpoint);
  await moments();
  await remind();
  expect(pushed()).toHaveLength(1);
  expect(sentTo(patient.patientPhone)[1]).toMatchObject({ channel: "sms" });
  expect((await holder.getPreferences()).hasDevice).toBe(false);
});

test("a person who has been written to can write back, and nobody else", async () => {
  const phone = await booked();
  const answered = await local("POST /_local/messages", {
    from: phone,
    channel: "whatsapp",
    body: "Gracias",
  });
  expect(answered).toMatchObject({ status: 201, body: { provider: "twilio", from: phone } });
  await moments();
  expect(machine.providers.said()).toMatchObject([{ from: phone, body: "Gracias" }]);
  const stranger = { from: "+525500000000", channel: "whatsapp", body: "Hola" };
  expect((await local("POST /_local/messages", stranger)).status).toBe(404);
});

test("a fault that makes no sense is refused", async () => {
  expect((await local("POST /_local/faults", { times: 1, answer: "sometimes" })).status).toBe(422);
});

describe("of a message of Meta's whose answer got lost", () => {
  const MINUTE_MS = 60_000;

  const givenMeta = async () => {
    const whatsapp = { provider: "meta", sender: "106540352242922" } as const;
    await Organization.speakThrough(clinic.context, machine.demo.organization.organizationId, { whatsapp });
    // A clinic is remembered for half a minute.
    await moments();
  };
  const outcomesAfter = async (fault: object) => {
    machine.providers.fail({ provider: "meta", times: 1, answer: "lost", ...fault });
    const phone = await booked();
    await machine.advanceTo(machine.clock.now() + 10 * MINUTE_MS);
    return sentTo(phone).map(({ template }) => template);
  };

  test("it is enough that it was sent, though it reaches a phone that is off hours later", async () => {
    await givenMeta();
    expect(await outcomesAfter({ receiptAfterSeconds: 7200 })).toEqual(["appointment_confirmed"]);
    expect(await outcomesAfter({ receipt: "sent" })).toEqual(["appointment_confirmed"]);
    expect((await logOf()).filter(({ status }) => status === "PENDING")).toEqual([]);
  });

  test("of which nothing is told in time, another goes out: better twice than not at all", async () => {
    await givenMeta();
    const twice = ["appointment_confirmed", "appointment_confirmed"];
    expect(await outcomesAfter({ receipt: "never" })).toEqual(twice);
    expect(await outcomesAfter({ sentAfterSeconds: 300, receiptAfterSeconds: 300 })).toEqual(twice);
  });
});
