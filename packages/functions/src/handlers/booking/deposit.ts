import { Reservation } from "@turno/core/booking";
import { Deposit } from "@turno/core/payments";
import { type Context, idFrom } from "@turno/core/platform";

/** What was asked for in advance of a visit: it lies under the one that this was booked as first. */
export async function depositOf(
  context: Context,
  { reservationId, rescheduledFrom }: Reservation.ReservationView,
): Promise<Deposit.DepositView | undefined> {
  let from = rescheduledFrom;
  let deposit = await Deposit.find(context, reservationId);
  while (!deposit && from) {
    deposit = await Deposit.find(context, from);
    const { movedFrom } = await Reservation.get(context, from);
    from = movedFrom && idFrom("reservation", movedFrom);
  }
  return deposit && Deposit.viewOf(deposit, context.now());
}
