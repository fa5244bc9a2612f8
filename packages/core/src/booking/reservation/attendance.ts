import { type Actor, type Context, commit, Outbox, Refusal } from "../../platform/index.ts";
import { requireMayChange } from "./cancel.ts";
import { AlreadyNoted, coming, get } from "./reservation.store.ts";
import { AlreadyEnded } from "./reservation.ts";

/**
 * The patient says that they will come, or the desk for them. Once said it stays so, until the visit is moved.
 *
 * May be repeated. Throws {@link AlreadyEnded}, `too-late` for a visit that has begun, `not-found`, `forbidden`.
 */
export async function confirmAttendance(
  context: Context,
  actor: Actor,
  reservationId: string,
): Promise<void> {
  const reservation = await get(context, reservationId);
  requireMayChange(actor, reservation);
  const { organizationId, profileId, status, movedTo, start, attendanceConfirmedAt } = reservation;
  if (status !== "confirmed") throw new AlreadyEnded(reservationId, status, movedTo);
  if (attendanceConfirmedAt) return;
  const now = context.now();
  if (now >= start) throw new Refusal("too-late", "This visit has already begun.", { until: start });
  try {
    await commit(context, [
      coming(reservation, now),
      Outbox.tell(context, actor, {
        organizationId,
        about: reservationId,
        events: ["reservation/attendance-confirmed"],
        data: { reservationId, profileId, confirmedAt: now },
      }),
    ]);
  } catch (error) {
    if (!(error instanceof AlreadyNoted)) throw error;
  }
}
