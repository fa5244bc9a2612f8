import {
  type Actor,
  type Context,
  commit,
  idFrom,
  isRepeat,
  type Operation,
  Outbox,
  onceOnly,
  percentOf,
  requireCalendar,
  requireParty,
} from "../../platform/index.ts";
import { Claim } from "../../scheduling/index.ts";
import { claimOf, partyOf, releasedFields, requireNotice } from "../appointment/appointment.ts";
import { end, get } from "./reservation.store.ts";
import { AlreadyEnded, type Reservation } from "./reservation.ts";

/** Of what a cancel gives back: all when the clinic cancels, the policy's share in time, nothing when late. */
const refundOf = (reservation: Reservation, actor: Actor, inTime: boolean): number => {
  if (actor.kind !== "patient") return reservation.price;
  return inTime ? percentOf(reservation.price, reservation.policy.refundPercent) : 0;
};

/** Patients act on their own appointment, practitioners and admins on their calendar's. */
export function requireMayChange(actor: Actor, reservation: Reservation): void {
  const reservationId = idFrom("reservation", reservation.appointmentId);
  if (actor.kind === "patient") requireParty(actor, reservation, "reservation", reservationId);
  else requireCalendar(actor, reservation, "reservation", reservationId);
}

interface Cancel {
  readonly reservationId: string;
  readonly reason?: string;
  /** Set when the patient asks in a conversation, and is answered there. */
  readonly toldInReply?: boolean;
  readonly operation: Operation;
}

/**
 * Cancels a confirmed reservation: its slot is free in the same write, and the refund follows the policy that held when
 * it was booked.
 *
 * A repeated operation answers as before. Throws {@link AlreadyEnded}, `too-late`, `not-found`, `forbidden`.
 */
export async function cancel(
  context: Context,
  actor: Actor,
  { reservationId, reason, toldInReply, operation }: Cancel,
): Promise<{ refundAmount: number; currency: string }> {
  const reservation = await get(context, reservationId);
  requireMayChange(actor, reservation);
  const { currency, status, movedTo } = reservation;
  if (isRepeat(operation, reservation.changeMark)) return refundedBy(reservation);
  if (status !== "confirmed") throw new AlreadyEnded(reservationId, status, movedTo);
  const now = context.now();
  const inTime = requireNotice(actor, reservation, now, reservation.policy.lateCancel);
  const refundAmount = refundOf(reservation, actor, inTime);
  const cancelledBy = partyOf(actor);
  const cancelled = () =>
    Claim.seated(context, { before: claimOf(reservation) }, (seats) =>
      commit(context, [
        end(reservation, {
          to: "cancelled",
          operation,
          set: {
            ...{ endedAt: now, cancelledBy, refundAmount },
            ...(reason && { reason }),
            ...(toldInReply && { toldInReply }),
          },
        }),
        ...Claim.writes(seats.before, undefined),
        Outbox.tell(context, actor, {
          organizationId: reservation.organizationId,
          about: reservationId,
          events: ["reservation/cancelled", "slot/released"],
          data: {
            reservationId,
            patientName: reservation.patientName,
            patientPhone: reservation.patientPhone,
            appointmentTime: reservation.start,
            serviceName: reservation.serviceName,
            cancellationReason: reason,
            cancelledBy,
            cancelledAt: now,
            refundAmount,
            currency,
            ...releasedFields(reservation, "cancelled"),
          },
        }),
      ]),
    );
  return onceOnly(
    async () => {
      await cancelled();
      return { refundAmount, currency };
    },
    async () => refundedBy(await get(context, reservationId)),
  );
}

const refundedBy = ({ refundAmount = 0, currency }: Reservation) => ({ refundAmount, currency });
