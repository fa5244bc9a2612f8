import { Request, Reservation } from "@turno/core/booking";
import { ask, doctorOf, known, once, slotAt } from "@turno/core/testing";
import { expect } from "vitest";
import type { Life } from "./life.ts";

// The life begins on Monday, 2 March 2026, 09:00 in Mexico City. There it is
const MONDAY_10PM = "2026-03-03T04:00:00.000Z";
const FRIDAY_9AM = "2026-03-06T15:00:00.000Z";
const FRIDAY_940AM = "2026-03-06T15:40:00.000Z";
const FRIDAY_10AM = "2026-03-06T16:00:00.000Z";

const LUCIA = "+525587654321";
const ANA = "+525511112222";
const clinic = { days: { from: "2026-03-05", to: "2026-03-07" } };

export const requestThatBecomesAVisit: Life = {
  name: "a pressing request is approved for another time, the visit takes place, and the patient is asked how they are",
  workflows: [
    ...["patient-registration", "request-decision", "appointment-reminders"],
    ...["appointment-reminder", "appointment-follow-up"],
  ],
  clinic,
  async live({ context, practice, service, advance, told }) {
    const doctor = doctorOf(practice);
    const wish = { urgencyLevel: "urgent" as const, patientEmail: "lucia@mail.example" };
    const { requestId } = await ask(context, practice, service, FRIDAY_9AM, { wish });
    await advance("10m");
    await advance(MONDAY_10PM);
    expect(told(ANA)).toEqual(["doctor_new_request", "doctor_new_request"]);
    const changes = { newSlotId: slotAt(practice, service, FRIDAY_940AM), notes: "Trae tus estudios" };
    const { reservationId } = await Request.approve(context, doctor, known(practice), {
      ...{ requestId, changes, operation: once(context) },
    });
    await advance("12h");
    await Reservation.remind(context, doctor, { reservationId, operation: once(context) });
    await advance("10m");
    await advance(FRIDAY_10AM);
    const completion = { followUpRequired: true, followUpType: "48h" } as const;
    await Reservation.complete(context, doctor, completion, {
      ...{ reservationId, operation: once(context) },
    });
    await advance("49h");
    expect(told(LUCIA)).toHaveLength(8);
  },
};

export const requestThatExpires: Life = {
  name: "a request that presses is decided by nobody",
  workflows: ["patient-registration", "request-approval", "request-expiration"],
  clinic,
  async live({ context, practice, service, advance, told }) {
    await ask(context, practice, service, FRIDAY_9AM, { wish: { urgencyLevel: "high" } });
    await advance("10m");
    await advance(MONDAY_10PM);
    await advance("12h");
    expect(told(LUCIA)).toEqual(["request_received", "request_expired_patient"]);
    expect(told(ANA)).toEqual(["doctor_new_request", "doctor_new_request", "request_expired_doctor"]);
  },
};

export const requestThatIsRejected: Life = {
  name: "a request is rejected",
  workflows: ["patient-registration", "request-decision"],
  clinic,
  async live({ context, practice, service, advance, told }) {
    const { requestId } = await ask(context, practice, service, FRIDAY_9AM);
    await advance("10m");
    const reason = "Estaré de viaje";
    await Request.reject(context, doctorOf(practice), { requestId, reason, operation: once(context) });
    await advance("2d");
    expect(told(LUCIA)).toEqual(["request_received", "request_rejected"]);
    expect(told(ANA)).toEqual(["doctor_new_request"]);
  },
};
