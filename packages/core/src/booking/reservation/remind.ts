import {
  type Actor,
  type Context,
  commit,
  isRepeat,
  type Operation,
  Outbox,
  requireCareTeam,
} from "../../platform/index.ts";
import { askedToRemind, get } from "./reservation.store.ts";

/**
 * Asks for a reminder now, besides those that the policy sends. Nothing is sent from here: a workflow hears of it.
 *
 * A repeated operation asks once. Throws `already-ended`, `not-found`, `forbidden`.
 */
export async function remind(
  context: Context,
  actor: Actor,
  { reservationId, operation }: { reservationId: string; operation: Operation },
): Promise<void> {
  const reservation = await get(context, reservationId);
  const { organizationId, patientId, profileId } = reservation;
  requireCareTeam(actor, { organizationId, profileId }, "reservation", reservationId);
  if (isRepeat(operation, reservation.remindMark)) return;
  await commit(context, [
    askedToRemind(reservation, operation),
    Outbox.tell(context, actor, {
      organizationId,
      about: reservationId,
      events: ["appointment/reminder"],
      data: { reservationId, patientId, organizationId },
    }),
  ]);
}
