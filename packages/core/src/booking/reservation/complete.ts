import {
  type Actor,
  type Context,
  commit,
  isRepeat,
  localDateOf,
  type Operation,
  Outbox,
  onceOnly,
  type Practice,
  Refusal,
  requireCalendar,
  type Write,
} from "../../platform/index.ts";
import { end, get } from "./reservation.store.ts";
import { AlreadyEnded, type Completion, type Reservation } from "./reservation.ts";

interface Ending {
  readonly reservationId: string;
  readonly operation: Operation;
}

/** The confirmed visit that has begun, or `undefined` when this operation has ended it before. */
async function begun(
  context: Context,
  actor: Actor,
  { reservationId, operation }: Ending,
): Promise<Reservation | undefined> {
  const reservation = await get(context, reservationId);
  requireCalendar(actor, reservation, "reservation", reservationId);
  if (isRepeat(operation, reservation.changeMark)) return undefined;
  if (reservation.status !== "confirmed") {
    throw new AlreadyEnded(reservationId, reservation.status, reservation.movedTo);
  }
  if (context.now() < reservation.start) {
    throw new Refusal("not-begun", "This visit has not begun yet.", {
      reservationId,
      start: reservation.start,
    });
  }
  return reservation;
}

/** Of two calls of one operation at once, the second does nothing. */
const ended = (context: Context, writes: readonly Write[]): Promise<void> =>
  onceOnly(
    () => commit(context, writes),
    async () => undefined,
  );

/**
 * The visit took place. A follow-up that is wished for is told with it.
 *
 * A repeated operation does nothing. Throws {@link AlreadyEnded}, `not-begun`, `not-found`, `forbidden`.
 */
export async function complete(
  context: Context,
  actor: Actor,
  practice: Practice,
  completion: Completion,
  ending: Ending,
): Promise<void> {
  const reservation = await begun(context, actor, ending);
  if (!reservation) return;
  const { reservationId, operation } = ending;
  const now = context.now();
  const { followUpType = "24h", ...told } = completion;
  const base = {
    reservationId,
    profileId: reservation.profileId,
    completedAt: now,
    ...told,
  };
  const fact = { organizationId: reservation.organizationId, about: reservationId };
  await ended(context, [
    end(reservation, { to: "completed", operation, set: { endedAt: now, completion } }),
    completion.followUpRequired
      ? Outbox.tell(context, actor, {
          ...fact,
          events: ["reservation/completed", "appointment/completed"],
          data: {
            ...base,
            patientName: reservation.patientName,
            patientPhone: reservation.patientPhone,
            appointmentDate: localDateOf(reservation.start, practice.timezone),
            followUpType,
          },
        })
      : Outbox.tell(context, actor, { ...fact, events: ["reservation/completed"], data: base }),
  ]);
}

/**
 * The patient did not come.
 *
 * A repeated operation does nothing. Throws {@link AlreadyEnded}, `not-begun`, `not-found`, `forbidden`.
 */
export async function noShow(context: Context, actor: Actor, ending: Ending): Promise<void> {
  const reservation = await begun(context, actor, ending);
  if (!reservation) return;
  const { reservationId, operation } = ending;
  const now = context.now();
  await ended(context, [
    end(reservation, { to: "no_show", operation, set: { endedAt: now } }),
    Outbox.tell(context, actor, {
      organizationId: reservation.organizationId,
      about: reservationId,
      events: ["reservation/no-show"],
      data: { reservationId, profileId: reservation.profileId, markedAt: now },
    }),
  ]);
}
