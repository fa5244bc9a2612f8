import { Request, Reservation } from "@turno/core/booking";
import { Audit, Counter } from "@turno/core/platform";
import { Slot } from "@turno/core/scheduling";
import { ask, doctorOf, known, offer, once, patientOf, slotAt } from "@turno/core/testing";
import { describe, expect, test } from "vitest";
import { type Clinic, openClinic } from "./clinic.ts";

// The test's time begins on Monday, 2 March 2026, 09:00 in Mexico City, and a request is held for a day: half-time is
// at 21:00 there, 03:00 UTC. There it is
const TUESDAY_9AM = "2026-03-03T15:00:00.000Z";
const FRIDAY_9AM = "2026-03-06T15:00:00.000Z";
const FRIDAY_940AM = "2026-03-06T15:40:00.000Z";

const LUCIA = "+525587654321";
const ANA = "+525511112222";
const days = { from: "2026-03-05", to: "2026-03-07" };

/** A request on Monday at 09:00 for Friday at 09:00. */
const asked = async (options: Parameters<typeof openClinic>[0] = {}, wish = {}) => {
  const clinic = await openClinic({ days, ...options });
  const { context, practice, service } = clinic;
  const { requestId } = await ask(context, practice, service, FRIDAY_9AM, { wish });
  return { ...clinic, clinic, requestId, doctor: doctorOf(practice) };
};

const approve = ({ context, practice }: Clinic, requestId: string, changes?: Request.ApprovalChanges) =>
  Request.approve(context, doctorOf(practice), known(practice), {
    requestId,
    ...(changes && { changes }),
    operation: once(context),
  });

const statusOf = async ({ context, practice }: Clinic, requestId: string) =>
  (await Request.view(context, doctorOf(practice), requestId)).status;

const slotStatus = async ({ context, practice, service }: Clinic, start: string) =>
  Slot.statusOf(await Slot.get(context, Slot.slotKeyOf(slotAt(practice, service, start))), context.now());

const trailOf = async ({ context, practice }: Clinic, id: string) =>
  (await Audit.trail(context, practice.organizationId, id)).map(({ action }) => action);

const expiredOn = ({ context, practice }: Clinic, date: string) =>
  Counter.between(context, practice.organizationId, "requests-expired", { from: date, to: date });

test("a request that is held for a fortnight ends at its time, where no run may sleep for more than a week", async () => {
  const clinic = await openClinic({
    days: { from: "2026-03-27", to: "2026-03-27" },
    policy: { holdMinutes: 14 * 24 * 60 },
  });
  const { context, practice, service } = clinic;
  const wish = { urgencyLevel: "urgent" as const };
  const { requestId } = await ask(context, practice, service, "2026-03-27T15:00:00.000Z", { wish });
  await clinic.settle();
  await clinic.advance("2026-03-09T15:00:00.000Z");
  expect(clinic.told(ANA)).toEqual(["doctor_new_request", "doctor_new_request"]);
  await clinic.advance("2026-03-16T14:59:59.999Z");
  expect(await statusOf(clinic, requestId)).toBe("pending");
  await clinic.advance("2026-03-16T15:00:00.000Z");
  expect(clinic.runs("request-approval")).toMatchObject([{ output: { ended: "expired" } }]);
  expect(clinic.told(LUCIA)).toEqual(["request_received", "request_expired_patient"]);
});

describe("a new request", () => {
  test("is confirmed to the patient as received, and brought to the doctor", async () => {
    const { clinic, channel, settle, requestId } = await asked();
    await settle();
    const [received, asking, ...others] = channel.messages;
    expect(others).toEqual([]);
    expect(received).toMatchObject({ to: LUCIA, template: "request_received", language: "es" });
    expect(received?.body).toContain("viernes 6 de marzo, 09:00");
    expect(asking).toMatchObject({ to: ANA, template: "doctor_new_request" });
    expect(asking?.body).toContain("Dolor de cabeza desde hace tres días");
    expect(asking?.body).toContain("martes 3 de marzo, 09:00");
    expect(asking?.body).toContain(`https://clinic.example/requests/${requestId}`);
    expect(await trailOf(clinic, requestId)).toContain("doctor/new-request");
  });

  test("reaches a doctor in the doctor's own language", async () => {
    const { channel, settle } = await asked({ practice: { doctorLanguage: "pt" } }, { language: "en" });
    await settle();
    expect(channel.messages.map(({ to, language }) => ({ to, language }))).toEqual([
      { to: LUCIA, language: "en" },
      { to: ANA, language: "pt" },
    ]);
  });

  test.each(["high", "urgent"])("that is %s is brought up again at half-time, once", async (urgencyLevel) => {
    const { told, advance } = await asked({}, { urgencyLevel });
    await advance("2026-03-03T02:59:00.000Z");
    expect(told(ANA)).toEqual(["doctor_new_request"]);
    await advance("2026-03-03T03:01:00.000Z");
    expect(told(ANA)).toEqual(["doctor_new_request", "doctor_new_request"]);
    await advance("2026-03-03T14:59:00.000Z");
    expect(told(ANA)).toHaveLength(2);
  });

  test("that can wait is not brought up again", async () => {
    const { told, advance } = await asked();
    await advance("2026-03-03T14:59:59.000Z");
    expect(told(ANA)).toEqual(["doctor_new_request"]);
  });
});

describe("an approval", () => {
  test("as asked for is told once, by the confirmation of the visit", async () => {
    const { clinic, told, settle, requestId, runs } = await asked();
    await settle();
    await approve(clinic, requestId);
    await settle();
    expect(told(LUCIA)).toEqual(["request_received", "appointment_confirmed"]);
    expect(runs("request-approval")).toMatchObject([{ status: "Cancelled" }]);
    expect(runs("request-decision")).toMatchObject([{ output: { status: "moot" } }]);
  });

  test("with changes says what is different", async () => {
    const { clinic, context, practice, service, channel, settle, requestId } = await asked();
    await settle();
    const longer = await offer(context, practice, { name: "Consulta larga", duration: 40, price: 90_000 });
    await approve(clinic, requestId, {
      newSlotId: slotAt(practice, service, FRIDAY_940AM),
      serviceId: longer.serviceId,
      notes: "Trae tus estudios",
    });
    await clinic.advance("5m");
    const changed = channel.messages.filter(({ template }) => template === "request_changed");
    expect(changed).toHaveLength(1);
    expect(changed[0]?.body).toContain("viernes 6 de marzo, 09:40");
    expect(changed[0]?.body).toContain("viernes 6 de marzo, 09:00");
    expect(changed[0]?.body).toContain("Consulta general");
    expect(changed[0]?.body).toContain("40 minutos");
    expect(changed[0]?.body).toContain("$900");
    expect(changed[0]?.body).toContain("Trae tus estudios");
  });

  test("of a visit that is cancelled by the time the patient would be told is not told", async () => {
    const { clinic, context, doctor, told, settle, requestId } = await asked();
    await settle();
    const { reservationId } = await approve(clinic, requestId, { notes: "Llega temprano" });
    await Reservation.cancel(context, doctor, { reservationId, operation: once(context) });
    await settle();
    expect(told(LUCIA)).toEqual(["request_received", "appointment_cancelled"]);
  });

  test("that nobody heard of lets nothing expire and asks no doctor again", async () => {
    const { clinic, told, settle, advance, loseOutbox, requestId, runs } = await asked(
      {},
      { urgencyLevel: "urgent" },
    );
    await settle();
    await approve(clinic, requestId);
    await loseOutbox();
    await advance("2026-03-03T16:00:00.000Z");
    expect(told(ANA)).toEqual(["doctor_new_request"]);
    expect(runs("request-approval")).toMatchObject([{ status: "Completed", output: { ended: "approved" } }]);
    expect(await statusOf(clinic, requestId)).toBe("approved");
    expect(await slotStatus(clinic, FRIDAY_9AM)).toBe("reserved");
  });
});

describe("a rejection", () => {
  test("is told with its reason and the next free times", async () => {
    const { clinic, context, doctor, channel, told, requestId } = await asked();
    await clinic.advance("5m");
    await Request.reject(context, doctor, { requestId, reason: "Estaré de viaje", operation: once(context) });
    await clinic.advance("5m");
    expect(told(LUCIA)).toEqual(["request_received", "request_rejected"]);
    const body = channel.messages.at(-1)?.body;
    expect(body).toContain("Motivo: Estaré de viaje");
    expect(body?.match(/^• .+$/gm)).toEqual([
      "• jueves 5 de marzo, 09:00",
      "• jueves 5 de marzo, 09:20",
      "• jueves 5 de marzo, 09:40",
    ]);
  });

  test("does not offer the time that was turned down, nor speak of times when there is no other", async () => {
    const { context, doctor, channel, settle, requestId } = await asked({
      days: { from: "2026-03-06", to: "2026-03-06" },
      service: { duration: 240 },
    });
    await settle();
    await Request.reject(context, doctor, { requestId, operation: once(context) });
    await settle();
    const rejection = channel.messages.at(-1);
    expect(rejection?.template).toBe("request_rejected");
    expect(rejection?.body).not.toMatch(/•|horarios libres|Motivo/);
  });

  test("takes the request from the doctor's mind: nothing comes at half-time or at the end", async () => {
    const { context, doctor, told, settle, advance, requestId } = await asked({}, { urgencyLevel: "urgent" });
    await settle();
    await Request.reject(context, doctor, { requestId, operation: once(context) });
    await advance("2026-03-03T16:00:00.000Z");
    expect(told(ANA)).toEqual(["doctor_new_request"]);
    expect(told(LUCIA)).toEqual(["request_received", "request_rejected"]);
  });
});

test("a request that its patient takes back is brought up no more", async () => {
  const { clinic, context, practice, told, settle, advance, requestId, runs } = await asked(
    {},
    { urgencyLevel: "urgent" },
  );
  await settle();
  await Request.cancel(context, patientOf(practice, requestId), { requestId, operation: once(context) });
  await advance("2026-03-03T16:00:00.000Z");
  expect(told(ANA)).toEqual(["doctor_new_request"]);
  expect(told(LUCIA)).toEqual(["request_received"]);
  expect(runs("request-approval")).toMatchObject([{ status: "Cancelled" }]);
  expect(await statusOf(clinic, requestId)).toBe("cancelled");
});

describe("a request that nobody decides", () => {
  test("expires at its minute: the time is free, both sides know, and it is counted", async () => {
    const { clinic, told, advance, requestId } = await asked();
    await advance("2026-03-03T14:59:59.999Z");
    expect(await slotStatus(clinic, FRIDAY_9AM)).toBe("pending_approval");
    await advance(TUESDAY_9AM);
    expect(await statusOf(clinic, requestId)).toBe("expired");
    expect(await slotStatus(clinic, FRIDAY_9AM)).toBe("available");
    expect(told(LUCIA)).toEqual(["request_received", "request_expired_patient"]);
    expect(told(ANA)).toEqual(["doctor_new_request", "request_expired_doctor"]);
    expect(await expiredOn(clinic, "2026-03-03")).toEqual([{ date: "2026-03-03", count: 1 }]);
    expect(await trailOf(clinic, requestId)).toEqual(
      expect.arrayContaining(["reservation/request-expired slot/released", "doctor/request-expired"]),
    );
  });

  test("expires also when nobody heard of it in time", async () => {
    const { clinic, context, told, settle, requestId } = await asked();
    context.at("2026-03-03T16:00:00.000Z");
    await settle();
    expect(await statusOf(clinic, requestId)).toBe("expired");
    expect(told(LUCIA)).toEqual(["request_expired_patient"]);
    expect(told(ANA)).toEqual(["request_expired_doctor"]);
  });

  test("expires within minutes also when everything about it got lost, and is told", async () => {
    const { clinic, told, loseOutbox, sweep, advance, requestId } = await asked();
    await loseOutbox();
    await advance(TUESDAY_9AM);
    expect(told(LUCIA)).toEqual([]);
    await advance("59s");
    expect(await sweep()).toEqual({ expired: 1, lapsed: 0, told: 0 });
    await clinic.settle();
    expect(await slotStatus(clinic, FRIDAY_9AM)).toBe("available");
    expect(told(LUCIA)).toEqual(["request_expired_patient"]);
    expect(told(ANA)).toEqual(["request_expired_doctor"]);
    expect(await statusOf(clinic, requestId)).toBe("expired");
    expect(await sweep()).toEqual({ expired: 0, lapsed: 0, told: 0 });
  });

  test("is told although the provider cannot reach the patient", async () => {
    const { clinic, channel, told, advance, runs } = await asked();
    await advance("2026-03-03T14:59:00.000Z");
    channel.down(true);
    await advance("2026-03-03T15:00:50.000Z");
    channel.down(false);
    await advance("2026-03-03T15:10:00.000Z");
    expect(told(LUCIA)).toEqual(["request_received"]);
    expect(told(ANA)).toEqual(["doctor_new_request", "request_expired_doctor"]);
    expect(await expiredOn(clinic, "2026-03-03")).toEqual([{ date: "2026-03-03", count: 1 }]);
    expect(runs("request-expiration")).toMatchObject([{ status: "Failed" }]);
  });
});

describe("a word from another system that a request has expired", () => {
  const expired = ({ practice, service }: Clinic, requestId: string) => ({
    name: "reservation/request-expired",
    data: {
      requestId,
      slotId: slotAt(practice, service, FRIDAY_9AM),
      profileId: practice.profileId,
      patientName: "sealed",
      patientPhone: "sealed",
      doctorId: practice.profileId,
      doctorPhone: "sealed",
    },
  });

  test("ends one whose time is up", async () => {
    const { clinic, context, told, send, loseOutbox, requestId } = await asked();
    await loseOutbox();
    context.at(TUESDAY_9AM);
    await send(expired(clinic, requestId));
    expect(await statusOf(clinic, requestId)).toBe("expired");
    expect(told(LUCIA)).toEqual(["request_expired_patient"]);
    expect(await expiredOn(clinic, "2026-03-03")).toEqual([{ date: "2026-03-03", count: 1 }]);
  });

  test("changes nothing about one that was approved, or that has time", async () => {
    const { clinic, told, settle, send, requestId } = await asked();
    await settle();
    await send(expired(clinic, requestId));
    expect(await statusOf(clinic, requestId)).toBe("pending");
    await approve(clinic, requestId);
    await send(expired(clinic, requestId));
    expect(await statusOf(clinic, requestId)).toBe("approved");
    expect(told(LUCIA)).toEqual(["request_received", "appointment_confirmed"]);
  });
});

test("a request that was decided before anybody heard of it is not brought up", async () => {
  const { context, practice, service, doctor, channel, loseOutbox, send, requestId, runs } = await asked();
  await Request.reject(context, doctor, { requestId, operation: once(context) });
  await loseOutbox();
  const { profileId } = practice;
  await send({
    name: "reservation/request-created",
    data: {
      ...{
        requestId,
        profileId,
        slotId: slotAt(practice, service, FRIDAY_9AM),
        serviceId: service.serviceId,
      },
      ...{ patientName: "sealed", patientPhone: "sealed", urgencyLevel: "urgent" },
      ...{ requestedTime: FRIDAY_9AM, expiresAt: TUESDAY_9AM },
    },
  });
  expect(channel.messages).toEqual([]);
  expect(runs("request-approval")).toMatchObject([{ status: "Completed", output: { ended: "rejected" } }]);
});
