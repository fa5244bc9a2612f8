import { Reservation } from "@turno/core/booking";
import { Deposit } from "@turno/core/payments";
import { idFrom } from "@turno/core/platform";
import { book, doctorOf, known, once, slotAt } from "@turno/core/testing";
import { expect } from "vitest";
import type { Clinic } from "../clinic.ts";
import type { Life } from "./life.ts";

// The life begins on Monday, 2 March 2026, 09:00 in Mexico City. There it is
const FRIDAY_9AM = "2026-03-06T15:00:00.000Z";
const SATURDAY_9AM = "2026-03-07T15:00:00.000Z";

const LUCIA = "+525587654321";
const ANA = "+525511112222";
const days = { from: "2026-03-05", to: "2026-03-07" };

const move = ({ context, practice, service }: Clinic, reservationId: string, start: string) =>
  Reservation.reschedule(context, doctorOf(practice), known(practice), {
    ...{ reservationId, slotId: slotAt(practice, service, start), operation: once(context) },
  });

export const visitThatIsMoved: Life = {
  name: "a visit is booked, moved and reminded of",
  workflows: ["patient-registration", "appointment-reminders", "appointment-rescheduling"],
  clinic: { days },
  async live(clinic) {
    const { context, practice, service, advance, told } = clinic;
    const { reservationId } = await book(context, practice, service, FRIDAY_9AM);
    await advance("10m");
    await move(clinic, reservationId, SATURDAY_9AM);
    await advance("10m");
    await advance("2026-03-05T15:00:00.000Z");
    await advance("2026-03-06T16:00:00.000Z");
    await advance(SATURDAY_9AM);
    expect(told(ANA)).toEqual(["appointment_rescheduled_doctor"]);
    expect(told(LUCIA)).toEqual([
      ...["appointment_confirmed", "appointment_rescheduled", "appointment_reminder_72h"],
      ...["appointment_reminder_24h", "appointment_reminder_2h"],
    ]);
  },
};

export const depositThatGoesBack: Life = {
  name: "a deposit is asked for, paid, moved with its visit, and given back when that is cancelled",
  workflows: ["deposit-request", "deposit-paid", "appointment-cancellation", "deposit-refund"],
  clinic: { days, deposits: { provider: "stripe", depositPercent: 20 } },
  async live(clinic, { checkouts, refunds }) {
    const { context, practice, service, advance, told } = clinic;
    const { reservationId } = await book(context, practice, service, FRIDAY_9AM);
    await advance("10m");
    const about = { provider: "stripe", reservationId };
    await Deposit.paid(context, about, {
      ...{ checkoutId: "cs_1", paymentId: "pi_1", amount: 12_000, currency: "MXN", at: context.now() },
    });
    await advance("10m");
    const moved = await move(clinic, reservationId, SATURDAY_9AM);
    await advance("10m");
    await Reservation.cancel(context, doctorOf(practice), {
      ...{ reservationId: idFrom("reservation", moved.appointmentId), operation: once(context) },
    });
    await advance("10m");
    await Deposit.refundSettled(context, about, { refundId: "re_1", status: "succeeded", at: context.now() });
    await advance("10m");
    expect(told(LUCIA).slice(2)).toEqual([
      ...["deposit_received", "appointment_rescheduled", "appointment_cancelled", "refund_sent"],
    ]);
    expect(checkouts).toHaveLength(1);
    expect(refunds).toMatchObject([{ amount: 12_000 }]);
    expect(await Deposit.find(context, reservationId)).toMatchObject({ status: "refunded" });
  },
};
