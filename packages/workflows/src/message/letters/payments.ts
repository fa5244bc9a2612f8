import type { Reservation } from "@turno/core/booking";
import { Deposit } from "@turno/core/payments";
import type { Desk } from "../../desk.ts";
import { latestOf } from "../../payments/visit.ts";
import { patientLink } from "../link.ts";
import { details, type Visit, visitOf } from "../visit.ts";
import { toPatient, type Writer } from "./letter.ts";

/** About a deposit, by the id of the visit that it was asked for. */
export const payments = {
  deposit_request: async (desk, reservationId) => {
    const { deposit, visit } = await depositIn(desk, reservationId);
    if (!deposit || visit.appointment.status !== "confirmed") return undefined;
    const { status, url, expiresAt, amount, currency } = Deposit.viewOf(deposit, desk.context.now());
    if (status !== "requested" || !url) return undefined;
    return toPatient(visit, "deposit_request", {
      ...booked(visit),
      amount: { amount, currency },
      ...(expiresAt && { expiresAt }),
      link: url,
    });
  },

  deposit_received: async (desk, reservationId) => {
    const { deposit, visit } = await depositIn(desk, reservationId);
    if (deposit?.status !== "paid" || visit.appointment.status === "cancelled") return undefined;
    return toPatient(visit, "deposit_received", {
      ...booked(visit),
      amount: { amount: deposit.paid, currency: deposit.currency },
      link: patientLink(desk, visit.appointment),
    });
  },

  refund_sent: async (desk, reservationId, occasion) => {
    const { deposit, visit } = await depositIn(desk, reservationId);
    const amount = deposit && (byHandIn(occasion) ?? givenBackBy(deposit));
    if (!amount) return undefined;
    const { patientName, clinicName, appointmentTime } = booked(visit);
    return toPatient(visit, "refund_sent", {
      ...{ patientName, clinicName },
      amount: { amount, currency: deposit.currency },
      ...(visit.appointment.status === "cancelled" && { appointmentTime }),
      link: patientLink(desk, visit.appointment),
    });
  },
} satisfies { readonly [Name in PaymentTemplate]: Writer<Name> };

/** How the occasion of a refund by hand names it: the sum, and what it made of all that went back so. */
export const byHandOf = (amount: number, sum: number): string => `by-hand-${amount}-of-${sum}`;

function byHandIn(occasion: string): number | undefined {
  const [, amount] = /:by-hand-(\d+)-of-\d+$/.exec(occasion) ?? [];
  return amount === undefined ? undefined : Number(amount);
}

const givenBackBy = (deposit: Deposit.Deposit): number =>
  deposit.status === "refunded" ? deposit.refundAmount : 0;

type PaymentTemplate = "deposit_request" | "deposit_received" | "refund_sent";

/** The deposit, and the visit where it is now. */
async function depositIn({ context }: Desk, reservationId: string) {
  const deposit = await Deposit.find(context, reservationId);
  return { deposit, visit: await visitOf(context, await latestOf(context, reservationId)) };
}

function booked(visit: Visit<Reservation.Reservation>) {
  const { doctorName, ...rest } = details(visit);
  return rest;
}
