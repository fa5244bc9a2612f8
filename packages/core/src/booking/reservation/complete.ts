import {
  type Actor,
  type Context,
  commit,
  type Instant,
  isRepeat,
  type Operation,
  Outbox,
  onceOnly,
  plus,
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

type IsOpen = (reservation: Reservation, now: Instant) => boolean;

const isConfirmed: IsOpen = ({ status }) => status === "confirmed";

/** The visit that has begun and is open, or `undefined` when this operation has ended it before. */
async function begun(
  context: Context,
  actor: Actor,
  { reservationId, operation }: Ending,
  isOpen: IsOpen = isConfirmed,
): Promise<Reservation | undefined> {
  const reservation = await get(context, reservationId);
  requireCalendar(actor, reservation, "reservation", reservationId);
  if (isRepeat(operation, reservation.changeMark)) return undefined;
  const now = context.now();
  if (!isOpen(reservation, now)) {
    throw new AlreadyEnded(reservationId, reservation.status, reservation.movedTo);
  }
  if (now < reservation.start) {
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

/** How long it can be put right that a visit which took place was marked as a no-show. */
const CORRECTED_WITHIN = { hours: 24 };

const isConfirmedOrMistaken: IsOpen = (reservation, now) => {
  const { status, noShowAt } = reservation;
  if (status !== "no_show") return isConfirmed(reservation, now);
  return noShowAt !== undefined && now <= plus(noShowAt, CORRECTED_WITHIN);
};

/**
 * The visit took place. A follow-up that is wished for is told with it.
 *
 * Within a day of being marked as a no-show it is put right by this as well, whoever marked it.
 *
 * A repeated operation does nothing. Throws {@link AlreadyEnded}, `not-begun`, `not-found`, `forbidden`.
 */
export async function complete(
  context: Context,
  actor: Actor,
  completion: Completion,
  ending: Ending,
): Promise<void> {
  const reservation = await begun(context, actor, ending, isConfirmedOrMistaken);
  if (!reservation) return;
  const { reservationId, operation } = ending;
  const now = context.now();
  const { followUpType = "24h", ...told } = completion;
  const base = {
    reservationId,
    profileId: reservation.profileId,
    completedAt: now,
    ...told,
    ...(reservation.status === "no_show" && { wasNoShow: true }),
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
            appointmentDate: reservation.localDate,
            followUpType,
          },
        })
      : Outbox.tell(context, actor, { ...fact, events: ["reservation/completed"], data: base }),
  ]);
}

/**
 * The patient did not come. Their time is not offered to others: it has begun.
 *
 * A repeated operation does nothing. Throws {@link AlreadyEnded}, `not-begun`, `not-found`, `forbidden`.
 */
export async function noShow(context: Context, actor: Actor, ending: Ending): Promise<void> {
  const reservation = await begun(context, actor, ending);
  if (!reservation) return;
  const { reservationId, operation } = ending;
  const now = context.now();
  await ended(context, [
    end(reservation, { to: "no_show", operation, set: { endedAt: now, noShowAt: now } }),
    Outbox.tell(context, actor, {
      organizationId: reservation.organizationId,
      about: reservationId,
      events: ["reservation/no-show"],
      data: { reservationId, profileId: reservation.profileId, markedAt: now },
    }),
  ]);
}
