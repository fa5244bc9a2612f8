import { Reservation } from "@turno/core/booking";
import { Deposit } from "@turno/core/payments";
import { type Context, idFrom } from "@turno/core/platform";
import type { Desk } from "../desk.ts";

/** The deposit of a visit: it lies under the one that this was booked as first, however often it was moved since. */
async function depositOf(
  context: Context,
  reservation: Reservation.Reservation,
): Promise<Deposit.Deposit | undefined> {
  for (let visit = reservation; ; ) {
    const deposit = await Deposit.find(context, idFrom("reservation", visit.appointmentId));
    if (deposit || !visit.movedFrom) return deposit;
    visit = await Reservation.get(context, idFrom("reservation", visit.movedFrom));
  }
}

/** What a patient whose visit is cancelled gets back: of what was paid, where anything was. */
export async function refundFor(context: Context, visit: Reservation.Reservation) {
  const deposit = await depositOf(context, visit);
  if (!deposit) return undefined;
  const { price, refundAmount = 0 } = visit;
  const amount = Deposit.givenBack(deposit, { price, refundAmount });
  return amount > 0 ? { amount, currency: deposit.currency } : undefined;
}

/** What has become of a visit that may have been moved. */
export async function latestOf(context: Context, reservationId: string): Promise<Reservation.Reservation> {
  let visit = await Reservation.get(context, reservationId);
  while (visit.movedTo) visit = await Reservation.get(context, idFrom("reservation", visit.movedTo));
  return visit;
}

/** Gives back what is due of the deposit of a visit that was cancelled. */
export async function giveBack({ context, payments }: Desk, visit: Reservation.Reservation) {
  if (visit.status !== "cancelled") return { outcome: "kept" } as const;
  const deposit = await depositOf(context, visit);
  if (!deposit) return { outcome: "nothing-paid" } as const;
  const { price, refundAmount = 0 } = visit;
  return Deposit.refund(context, payments, { reservationId: deposit.reservationId, price, refundAmount });
}
