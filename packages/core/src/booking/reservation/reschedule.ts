import {
  type Actor,
  type Context,
  commit,
  Invalid,
  idFrom,
  isRepeat,
  localDateOf,
  nameOf,
  type Operation,
  Outbox,
  onceOnly,
  type Practice,
  type PracticeOf,
  plus,
} from "../../platform/index.ts";
import { Claim, Service, Slot } from "../../scheduling/index.ts";
import {
  claimOf,
  durationOf,
  releasedFields,
  requireBookableTime,
  requireNotice,
} from "../appointment/appointment.ts";
import { slotIdFor } from "../appointment/details.ts";
import { pastEndedHolds } from "../request/ended-holds.ts";
import { requireMayChange } from "./cancel.ts";
import { end, get, insert } from "./reservation.store.ts";
import { AlreadyEnded, originOf, type Reservation } from "./reservation.ts";

interface Move {
  readonly reservationId: string;
  readonly slotId: string;
  readonly reason?: string;
  /** Set when the patient asks in a conversation, and is answered there. */
  readonly toldInReply?: boolean;
  readonly operation: Operation;
}

/**
 * Moves a confirmed reservation to another slot of its service: the old time free and the new one taken in one write,
 * so that it has always exactly one.
 *
 * The moved visit is a new reservation that keeps price and policy. A repeated operation answers as before. Throws
 * {@link AlreadyEnded}, `too-late`, `slot-taken`, `slot-blocked`, `slot-past`, `not-found`, `forbidden`, `invalid`.
 */
export async function reschedule(
  context: Context,
  actor: Actor,
  practiceOf: PracticeOf,
  { reservationId, slotId, reason, toldInReply, operation }: Move,
): Promise<Reservation> {
  const old = await get(context, reservationId);
  requireMayChange(actor, old);
  if (isRepeat(operation, old.changeMark)) return get(context, idFrom("reservation", old.movedTo!));
  if (old.status !== "confirmed") throw new AlreadyEnded(reservationId, old.status, old.movedTo);
  const now = context.now();
  requireNotice(actor, old, now, false);
  const key = Slot.slotKeyOf(slotId);
  if (key.profileId !== old.profileId) throw new Invalid("/slotId", "is of another calendar");
  if (key.serviceId !== old.serviceId) throw new Invalid("/slotId", "is of another service");
  if (slotId === slotIdFor(old)) throw new Invalid("/slotId", "is the time that it has already");
  const practice = await practiceOf(context, old.profileId);
  requireBookableTime(context, actor, practice, key);
  const service = await Service.get(context, old.profileId, old.serviceId);
  const moved: Reservation = {
    ...movedTo(old, key, practice, service, operation.id, now),
    ...(toldInReply && { toldInReply }),
  };

  const move = () =>
    Claim.seated(context, { before: claimOf(old), after: claimOf(moved) }, (seats) =>
      commit(context, [
        end(old, {
          to: "rescheduled",
          operation,
          set: { endedAt: now, movedTo: moved.appointmentId, ...(reason && { reason }) },
        }),
        ...Claim.writes(seats.before, seats.after),
        insert(moved, operation),
        Outbox.tell(context, actor, {
          organizationId: old.organizationId,
          about: reservationId,
          events: ["appointment/rescheduled", "slot/released"],
          data: {
            oldReservationId: reservationId,
            newReservationId: idFrom("reservation", moved.appointmentId),
            newSlotId: slotId,
            patientName: old.patientName,
            patientPhone: old.patientPhone,
            oldAppointmentTime: old.start,
            newAppointmentTime: moved.start,
            serviceName: old.serviceName,
            reschedulingReason: reason,
            rescheduledBy: nameOf(actor),
            ...releasedFields(old, "rescheduled"),
          },
        }),
      ]),
    );
  return onceOnly(
    async () => {
      await pastEndedHolds(context, practice, move);
      return moved;
    },
    () => get(context, idFrom("reservation", operation.id)),
  );
}

/** The moved visit is as long as it was, except that a group's time is the group's. */
function movedTo(
  old: Reservation,
  { start }: Slot.SlotKey,
  practice: Practice,
  service: Service.MedicalService,
  appointmentId: string,
  now: string,
): Reservation {
  const {
    asked,
    slotServiceId,
    group: _,
    endedAt,
    reminded,
    toReview,
    noShowAt,
    attendanceConfirmedAt,
    toldInReply,
    movedFrom,
    changeMark,
    remindMark,
    mark,
    ...kept
  } = old;
  const { duration, bufferBefore, bufferAfter, capacity } = service;
  const group = capacity > 1;
  const origin = originOf(old);
  return {
    ...kept,
    ...(origin && { origin }),
    appointmentId,
    start,
    end: plus(start, { minutes: group ? duration : durationOf(old) }),
    ...(group && { group, bufferBefore, bufferAfter }),
    localDate: localDateOf(start, practice.timezone),
    createdAt: now,
    movedFrom: old.appointmentId,
  };
}
