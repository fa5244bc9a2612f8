import { Prescription } from "@turno/core/booking";
import { book, doctorOf, known, once } from "@turno/core/testing";
import { expect } from "vitest";
import type { Life } from "./life.ts";

// The life begins on Friday, 27 March 2026, 09:00 in Madrid, where clocks go forward on Sunday at 02:00.
const FRIDAY_9AM = "2026-03-27T08:00:00.000Z";
const SATURDAY_9AM = "2026-03-28T08:00:00.000Z";

const LUCIA = "+525587654321";

export const courseOfManyDoses: Life = {
  name: "a course of many doses goes on from one run to the next until it is ended",
  workflows: ["medication-reminders"],
  clinic: {
    now: FRIDAY_9AM,
    practice: { timezone: "Europe/Madrid" },
    days: { from: "2026-03-28", to: "2026-03-28" },
  },
  async live({ context, practice, service, advance, told, runs }) {
    const { reservationId } = await book(context, practice, service, SATURDAY_9AM);
    const drops: Prescription.NewPrescription = {
      ...{ medicationName: "Timolol", dosage: "1 gota en cada ojo" },
      ...{ frequency: "every hour", duration: "2 days", startDate: "2026-03-28" },
    };
    const doctor = doctorOf(practice);
    const { prescriptionId } = await Prescription.issue(context, doctor, known(practice), drops, {
      ...{ reservationId, operation: once(context) },
    });
    await advance("10m");
    // The first dose is on Saturday at 08:00, 07:00 UTC.
    await advance("2026-03-29T15:30:00.000Z");
    await Prescription.end(context, doctor, { prescriptionId, reason: "Alergia", operation: once(context) });
    await advance("2026-03-31T08:00:00.000Z");
    expect(told(LUCIA).filter((template) => template === "medication_reminder")).toHaveLength(33);
    expect(runs("medication-reminders")).toMatchObject([
      { output: { reminded: 30 } },
      { status: "Cancelled", event: { name: "prescription/continued" } },
    ]);
  },
};
