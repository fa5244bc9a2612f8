import { Reservation } from "@turno/core/booking";
import { Patient } from "@turno/core/identity";
import { Counter, idFrom } from "@turno/core/platform";
import { ask, book, doctorOf, known, once, patientOf, slotAt } from "@turno/core/testing";
import { describe, expect, test } from "vitest";
import { type Clinic, openClinic } from "./clinic.ts";

// The test's time begins on Monday, 2 March 2026, 09:00 in Mexico City. There it is
const THURSDAY_9AM = "2026-03-05T15:00:00.000Z";
const FRIDAY_9AM = "2026-03-06T15:00:00.000Z";
const SATURDAY_9AM = "2026-03-07T15:00:00.000Z";

const LUCIA = "+525587654321";
const ANA = "+525511112222";
const days = { from: "2026-03-05", to: "2026-03-07" };

/** A visit on Friday at 09:00, booked on Monday at 09:00 and confirmed. */
const booked = async (options: Parameters<typeof openClinic>[0] = {}) => {
  const clinic = await openClinic({ days, ...options });
  const { context, practice, service } = clinic;
  const { reservationId } = await book(context, practice, service, FRIDAY_9AM);
  await clinic.advance("2m");
  return { ...clinic, clinic, reservationId, doctor: doctorOf(practice) };
};

const move = ({ context, practice, service }: Clinic, reservationId: string, start: string) =>
  Reservation.reschedule(context, doctorOf(practice), known(practice), {
    reservationId,
    slotId: slotAt(practice, service, start),
    operation: once(context),
  });

const cancelledOn = ({ context, practice }: Clinic, date: string) =>
  Counter.between(context, practice.organizationId, "reservations-cancelled", { from: date, to: date });

describe("a cancellation", () => {
  test("by the patient is confirmed and told to the doctor, and promises nothing back of what nobody paid", async () => {
    const { clinic, context, practice, channel, settle, reservationId } = await booked();
    const reason = "Estoy de viaje";
    const patient = patientOf(practice, reservationId);
    await Reservation.cancel(context, patient, { reservationId, reason, operation: once(context) });
    await settle();
    const [, toPatient, toDoctor, ...others] = channel.messages;
    expect(others).toEqual([]);
    expect(toPatient).toMatchObject({ to: LUCIA, template: "appointment_cancelled" });
    expect(toPatient?.body).toMatch(/como nos pediste/);
    expect(toPatient?.body).not.toMatch(/devolveremos|\$/);
    expect(toDoctor).toMatchObject({ to: ANA, template: "appointment_cancelled_doctor" });
    expect(toDoctor?.body).toContain("Estoy de viaje");
    expect(toDoctor?.body).toContain("viernes 6 de marzo, 09:00");
    expect(await cancelledOn(clinic, "2026-03-02")).toEqual([{ date: "2026-03-02", count: 1 }]);
  });

  test("by the clinic, without anything to refund, speaks of no money", async () => {
    const { context, doctor, channel, settle, reservationId } = await booked({ service: { price: 0 } });
    await Reservation.cancel(context, doctor, { reservationId, operation: once(context) });
    await settle();
    const toPatient = channel.messages.find(({ template }) => template === "appointment_cancelled");
    expect(toPatient?.body).toMatch(/cancelada por la clínica/);
    expect(toPatient?.body).not.toMatch(/Motivo|devolveremos/);
  });

  test("is told and counted once, also when its event comes again", async () => {
    const { clinic, context, doctor, told, advance, send, reservationId, practice } = await booked();
    await Reservation.cancel(context, doctor, { reservationId, operation: once(context) });
    await advance("5m");
    await send({
      name: "reservation/cancelled",
      data: {
        ...{ reservationId, profileId: practice.profileId, patientName: "sealed", patientPhone: "sealed" },
        ...{ appointmentTime: FRIDAY_9AM, serviceName: "Consulta general" },
        ...{ cancelledBy: "doctor", cancelledAt: context.now() },
      },
    });
    await advance("5m");
    expect(told(LUCIA)).toEqual(["appointment_confirmed", "appointment_cancelled"]);
    expect(told(ANA)).toEqual(["appointment_cancelled_doctor"]);
    expect(await cancelledOn(clinic, "2026-03-02")).toEqual([{ date: "2026-03-02", count: 1 }]);
  });

  test("that did not happen is not told", async () => {
    const { clinic, context, told, send, reservationId, practice } = await booked();
    await send({
      name: "reservation/cancelled",
      data: {
        ...{ reservationId, profileId: practice.profileId, patientName: "sealed", patientPhone: "sealed" },
        ...{ appointmentTime: FRIDAY_9AM, serviceName: "Consulta general" },
        ...{ cancelledBy: "doctor", cancelledAt: context.now() },
      },
    });
    expect(told(LUCIA)).toEqual(["appointment_confirmed"]);
    expect(await cancelledOn(clinic, "2026-03-02")).toEqual([]);
  });
});

describe("a visit that is moved", () => {
  test("is told with both times, and reminded of at the new one alone", async () => {
    const { clinic, channel, told, settle, advance, reservationId, runs } = await booked();
    await move(clinic, reservationId, SATURDAY_9AM);
    await settle();
    expect(told(LUCIA)).toEqual(["appointment_confirmed", "appointment_rescheduled"]);
    expect(told(ANA)).toEqual(["appointment_rescheduled_doctor"]);
    for (const { body } of channel.messages.slice(1)) {
      expect(body).toContain("viernes 6 de marzo, 09:00");
      expect(body).toContain("sábado 7 de marzo, 09:00");
    }
    await advance("2026-03-06T14:59:59.999Z");
    expect(told(LUCIA)).toEqual([
      "appointment_confirmed",
      "appointment_rescheduled",
      "appointment_reminder_72h",
    ]);
    await advance(SATURDAY_9AM);
    expect(told(LUCIA).slice(3)).toEqual(["appointment_reminder_24h", "appointment_reminder_2h"]);
    expect(channel.messages.at(-1)?.body).toContain("sábado 7 de marzo, 09:00");
    expect(runs("appointment-reminders")).toMatchObject([{ status: "Cancelled" }, { status: "Completed" }]);
  });

  test("keeps its reminders when neither side can be told", async () => {
    const { clinic, channel, told, advance, reservationId, runs } = await booked();
    await move(clinic, reservationId, SATURDAY_9AM);
    channel.down(true);
    await advance("10m");
    channel.down(false);
    expect(runs("appointment-rescheduling")).toMatchObject([{ status: "Failed" }]);
    await advance(SATURDAY_9AM);
    expect(told(LUCIA).slice(1)).toEqual([
      "appointment_reminder_72h",
      "appointment_reminder_24h",
      "appointment_reminder_2h",
    ]);
  });

  test("twice in a row is told of its last time, and reminded of that", async () => {
    const { clinic, told, settle, advance, reservationId, channel } = await booked();
    const { appointmentId } = await move(clinic, reservationId, SATURDAY_9AM);
    await move(clinic, idFrom("reservation", appointmentId), THURSDAY_9AM);
    await settle();
    expect(told(LUCIA)).toEqual(["appointment_confirmed", "appointment_rescheduled"]);
    expect(channel.messages.at(-1)?.body).toContain("jueves 5 de marzo, 09:00");
    await advance(SATURDAY_9AM);
    // Thursday at 09:00 is less than 72 hours away.
    expect(told(LUCIA).slice(2)).toEqual(["appointment_reminder_24h", "appointment_reminder_2h"]);
  });
});

describe("whoever asks or is booked", () => {
  const records = async ({ context, practice }: Clinic) =>
    (await Patient.search(context, doctorOf(practice), { query: LUCIA, limit: 10 })).items;

  test("has a record in the clinic, one for each name and phone", async () => {
    const clinic = await openClinic({ days });
    const { context, practice, service } = clinic;
    await ask(context, practice, service, FRIDAY_9AM, { wish: { patientEmail: "lucia@mail.example" } });
    await clinic.advance("2m");
    expect(await records(clinic)).toMatchObject([
      { patientName: "Lucía Ramírez", patientEmail: "lucia@mail.example", language: "es" },
    ]);
    await book(context, practice, service, SATURDAY_9AM);
    await book(context, practice, service, THURSDAY_9AM, { wish: { patientName: "Mateo Ramírez" } });
    await clinic.advance("2m");
    const names = (await records(clinic)).map(({ patientName }) => patientName);
    expect(names.sort()).toEqual(["Lucía Ramírez", "Mateo Ramírez"]);
  });
});
