import { Prescription, Request, Reservation } from "@turno/core/booking";
import { Delivery } from "@turno/core/notifications";
import { ask, book, doctorOf, known, once } from "@turno/core/testing";
import { expect } from "vitest";
import type { Life } from "./life.ts";

// The lives begin on Monday, 2 March 2026, 09:00 in Mexico City. There it is
const FRIDAY_9AM = "2026-03-06T15:00:00.000Z";

const LUCIA = "+525587654321";
const days = { from: "2026-03-05", to: "2026-03-07" };

export const endsThatNobodyHeardOf: Life = {
  name: "a visit and a prescription have ended when their runs wake, and no event has said so",
  workflows: ["appointment-reminders", "medication-reminders", "notification-fallover"],
  clinic: { days, messaging: { sms: { provider: "twilio", sender: "+525550000000" } } },
  async live({ context, practice, service, advance, channel, loseOutbox, told }) {
    const doctor = doctorOf(practice);
    const { reservationId } = await book(context, practice, service, FRIDAY_9AM);
    const drops: Prescription.NewPrescription = {
      ...{ medicationName: "Timolol", dosage: "1 gota", startDate: "2026-03-03" },
      ...{ frequency: "once a day", duration: "3 days" },
    };
    const { prescriptionId } = await Prescription.issue(context, doctor, known(practice), drops, {
      ...{ reservationId, operation: once(context) },
    });
    await advance("10m");
    await Prescription.end(context, doctor, { prescriptionId, reason: "Alergia", operation: once(context) });
    await Reservation.cancel(context, doctor, { reservationId, operation: once(context) });
    await loseOutbox();
    const { idempotencyKey: providerMessageId } = channel.messages.at(-1)!;
    const report = { provider: "meta", status: "failed", providerMessageId, at: context.now() } as const;
    await Delivery.receipt(context, report);
    await advance("10m");
    await advance(FRIDAY_9AM);
    expect(told(LUCIA)).toEqual(["appointment_confirmed"]);
  },
};

export const requestThatIsHeardOfTooLate: Life = {
  name: "a request has expired when its run begins",
  workflows: ["request-approval", "request-expiration"],
  clinic: { days },
  async live({ context, practice, service, advance, told }) {
    const { requestId } = await ask(context, practice, service, FRIDAY_9AM);
    context.at("2026-03-03T16:00:00.000Z");
    await advance("10m");
    expect((await Request.get(context, requestId)).status).toBe("expired");
    expect(told(LUCIA)).toEqual(["request_expired_patient"]);
  },
};
