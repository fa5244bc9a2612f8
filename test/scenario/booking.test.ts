import { expect, test } from "vitest";
import { aPatient, DOCTOR_PHONE, dayOf, expectAt, openDemoClinic, templates } from "./demo.ts";

// It is Monday, 5 March 2040, 09:00 in Mexico City.
const clinic = await openDemoClinic();
const doctor = await clinic.as("doctor");

/** Tuesday and Wednesday of the week after. */
const TUESDAY = "2040-03-13";
const WEDNESDAY = "2040-03-14";

/** A patient asks Dr. Ana Torres for a time of a day. */
async function ask(date: string, index: number, language: "es" | "en" | "pt" = "es") {
  const patient = aPatient({ language });
  const slot = (await dayOf(clinic, "ana", "consulta", date))[index]!;
  const asked = await clinic.anybody.createRequest({
    body: { slotId: slot.slotId, serviceId: slot.serviceId, ...patient, chiefComplaint: "Dolor de cabeza" },
  });
  if (asked.status !== "pending") throw new Error("was booked at once");
  await clinic.settled();
  return { ...asked, slot, phone: patient.patientPhone };
}

const approve = async (requestId: string, changes?: object): Promise<string> => {
  const body = changes ? { changes } : {};
  const { reservationId } = await doctor.approveRequest({ params: { requestId }, body });
  await clinic.settled();
  return reservationId;
};

const isFree = async (date: string, slotId: string): Promise<boolean> =>
  (await dayOf(clinic, "ana", "consulta", date)).some((slot) => slot.slotId === slotId);

// All that follows is booked on this Monday; then ten days pass.

const kept = await ask(TUESDAY, 0, "pt");
const doctorTold = (await clinic.messagesTo(DOCTOR_PHONE)).at(-1)!;
const keptBefore = await clinic
  .withLink(kept.linkToken)
  .getRequest({ params: { requestId: kept.requestId } });
const keptId = await approve(kept.requestId);

const early = await ask(TUESDAY, 3);
const earlyId = await approve(early.requestId);
const later = (await dayOf(clinic, "ana", "consulta", WEDNESDAY))[2]!;
const moved = await clinic
  .withLink(early.linkToken)
  .rescheduleReservation({ params: { reservationId: earlyId }, body: { slotId: later.slotId } });

const dropped = await ask(TUESDAY, 6);
const droppedId = await approve(dropped.requestId);
const cancelled = await clinic
  .withLink(dropped.linkToken)
  .cancelReservation({ params: { reservationId: droppedId }, body: { reason: "Viaje" } });

const unwanted = await ask(TUESDAY, 8);
await doctor.rejectRequest({
  params: { requestId: unwanted.requestId },
  body: { reason: "Congreso médico" },
});

const forgotten = await ask(TUESDAY, 9);
const isHeldAtFirst = !(await isFree(TUESDAY, forgotten.slot.slotId));

const different = await ask(WEDNESDAY, 5);
const otherSlot = (await dayOf(clinic, "ana", "completa", WEDNESDAY)).at(-1)!;
const differentId = await approve(different.requestId, {
  newSlotId: otherSlot.slotId,
  serviceId: otherSlot.serviceId,
  priceAdjustment: -20_000,
  notes: "Venga en ayunas.",
});

const instantPatient = aPatient({ language: "en" });
const instantSlot = (await dayOf(clinic, "ana", "seguimiento", WEDNESDAY))[0]!;
const instant = await clinic.anybody.createRequest({
  body: { slotId: instantSlot.slotId, serviceId: instantSlot.serviceId, ...instantPatient },
});

const madridPatient = aPatient();
const madridSlot = (await dayOf(clinic, "javier", "video", TUESDAY))[0]!;
await clinic.anybody.createRequest({
  body: { slotId: madridSlot.slotId, serviceId: madridSlot.serviceId, ...madridPatient },
});

await clinic.until(forgotten.expiresAt);
const forgottenAtItsEnd = {
  request: await doctor.getRequest({ params: { requestId: forgotten.requestId } }),
  isFree: await isFree(TUESDAY, forgotten.slot.slotId),
};
await clinic.until("2040-03-15T15:00:00.000Z");

test("a request is told to the doctor, approved and confirmed", async () => {
  expect(keptBefore).toMatchObject({ status: "pending", chiefComplaint: "Dolor de cabeza" });
  expect(doctorTold).toMatchObject({ template: "doctor_new_request", language: "es" });
  expect(doctorTold.body).toContain("Lucía Ramírez");
  const reservation = await clinic
    .withLink(kept.linkToken)
    .getReservation({ params: { reservationId: keptId } });
  expect(reservation).toMatchObject({ appointmentTime: kept.slot.startTime, remindersSent: [72, 24, 2] });
});

test("a visit is reminded of three times, once each, in the patient's language and zone", async () => {
  const messages = await clinic.messagesTo(kept.phone);
  expect(templates(messages)).toEqual([
    "request_received",
    "appointment_confirmed",
    "appointment_reminder_72h",
    "appointment_reminder_24h",
    "appointment_reminder_2h",
  ]);
  // The visit is on 13 March, 09:00 in Mexico City, 15:00 in UTC.
  expectAt(messages[2]!, "2040-03-10T15:00:00.000Z");
  expectAt(messages[3]!, "2040-03-12T15:00:00.000Z");
  expectAt(messages[4]!, "2040-03-13T13:00:00.000Z");
  for (const { language, body } of messages) {
    expect(language).toBe("pt");
    expect(body).toMatch(/13 de março.*09:00/);
  }
});

test("a moved visit is reminded of at its new time alone", async () => {
  expect(moved).toMatchObject({ status: "confirmed", appointmentTime: later.startTime });
  const old = await doctor.getReservation({ params: { reservationId: earlyId } });
  expect(old).toMatchObject({ status: "rescheduled", rescheduledTo: moved.reservationId, remindersSent: [] });
  const messages = await clinic.messagesTo(early.phone);
  expect(templates(messages)).toEqual([
    "request_received",
    "appointment_confirmed",
    "appointment_rescheduled",
    "appointment_reminder_72h",
    "appointment_reminder_24h",
    "appointment_reminder_2h",
  ]);
  // The new time is on 14 March, 09:40 in Mexico City.
  expect(later.startTime).toBe("2040-03-14T15:40:00.000Z");
  expectAt(messages.at(-3)!, "2040-03-11T15:40:00.000Z");
  expectAt(messages.at(-2)!, "2040-03-13T15:40:00.000Z");
  expectAt(messages.at(-1)!, "2040-03-14T13:40:00.000Z");
  expect(templates(await clinic.messagesTo(DOCTOR_PHONE))).toContain("appointment_rescheduled_doctor");
});

test("a cancelled visit is not heard of again, its policy gives its price back and its time was free", async () => {
  expect(cancelled).toMatchObject({ status: "cancelled", refundAmount: 60_000, currency: "MXN" });
  expect(templates(await clinic.messagesTo(dropped.phone))).toEqual([
    "request_received",
    "appointment_confirmed",
    "appointment_cancelled",
  ]);
  expect(templates(await clinic.messagesTo(DOCTOR_PHONE))).toContain("appointment_cancelled_doctor");
});

test("a rejected patient hears why, and of other times", async () => {
  const messages = await clinic.messagesTo(unwanted.phone);
  expect(templates(messages)).toEqual(["request_received", "request_rejected"]);
  expect(messages[1]!.body).toContain("Congreso médico");
  expect(messages[1]!.body).toMatch(/marzo/);
});

test("a request that nobody decides ends at its time, and both sides hear of it", async () => {
  expect(isHeldAtFirst).toBe(true);
  expect(forgottenAtItsEnd).toMatchObject({ request: { status: "expired" }, isFree: true });
  const messages = await clinic.messagesTo(forgotten.phone);
  expect(templates(messages)).toEqual(["request_received", "request_expired_patient"]);
  expectAt(messages[1]!, forgotten.expiresAt);
  expect(templates(await clinic.messagesTo(DOCTOR_PHONE))).toContain("request_expired_doctor");
});

test("an approval with changes tells the patient what is different", async () => {
  expect(await doctor.getReservation({ params: { reservationId: differentId } })).toMatchObject({
    appointmentTime: otherSlot.startTime,
    serviceName: "Revisión completa",
    price: 100_000,
  });
  const changed = (await clinic.messagesTo(different.phone)).find(
    ({ template }) => template === "request_changed",
  );
  expect(changed!.body).toContain("Revisión completa");
  expect(changed!.body).toContain("Venga en ayunas.");
});

test("a service that needs no approval is booked at once", async () => {
  expect(instant.status).toBe("confirmed");
  const messages = await clinic.messagesTo(instantPatient.patientPhone);
  expect(templates(messages)).toEqual([
    "appointment_confirmed",
    "appointment_reminder_72h",
    "appointment_reminder_24h",
    "appointment_reminder_2h",
  ]);
  expect(messages[0]!.body).toMatch(/March 14.*9:00/);
});

test("a doctor in Madrid is booked in Madrid's time", async () => {
  // 10:00 in Madrid, winter time.
  expect(madridSlot).toMatchObject({
    startTime: "2040-03-13T09:00:00.000Z",
    localStartTime: "2040-03-13T10:00:00+01:00",
  });
  const [received] = await clinic.messagesTo(madridPatient.patientPhone);
  expect(received!.body).toMatch(/13 de marzo, 10:00/);
});

test("nothing failed on the way", () => {
  expect(clinic.failedRuns()).toEqual([]);
});
