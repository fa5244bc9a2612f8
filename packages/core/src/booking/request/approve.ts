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
  type Practice,
  plus,
  requireCalendar,
} from "../../platform/index.ts";
import { Claim, Service, Slot } from "../../scheduling/index.ts";
import { bookedFields, claimOf, durationOf } from "../appointment/appointment.ts";
import type { Appointment } from "../appointment/details.ts";
import { insert } from "../reservation/reservation.store.ts";
import type { Reservation } from "../reservation/reservation.ts";
import { pastEndedHolds } from "./expire.ts";
import { decide, get } from "./request.store.ts";
import { AlreadyDecided, type ApprovalChanges, type Request, statusAt } from "./request.ts";

interface Approval {
  readonly requestId: string;
  readonly changes?: ApprovalChanges;
  readonly operation: Operation;
}

/**
 * Turns a pending request into a reservation, as asked or with other time, service, length or price.
 *
 * The held time passes to the reservation without a gap; a changed one is taken in the same transaction. A repeated
 * operation answers as before. Throws {@link AlreadyDecided}, `slot-taken`, `slot-blocked`, `not-found`, `forbidden`,
 * `invalid`.
 */
export async function approve(
  context: Context,
  actor: Actor,
  practice: Practice,
  { requestId, changes, operation }: Approval,
): Promise<{ reservationId: string }> {
  const request = await get(context, requestId);
  requireCalendar(actor, request, "request", requestId);
  const reservationId = idFrom("reservation", request.appointmentId);
  if (isRepeat(operation, request.decisionMark)) return { reservationId };
  const now = context.now();
  const status = statusAt(request, now);
  if (status !== "pending") throw new AlreadyDecided(requestId, status);
  const approved = await changed(context, practice, request, changes ?? {});
  const reservation: Reservation = {
    ...approved,
    status: "confirmed",
    localDate: localDateOf(approved.start, practice.timezone),
    createdAt: now,
    ...(changes?.notes && { approvalNotes: changes.notes }),
  };
  const told = Outbox.tell(context, actor, {
    organizationId: request.organizationId,
    about: requestId,
    events: ["reservation/approved", "reservation/created"],
    data: {
      ...bookedFields(practice, reservation),
      requestId,
      approvedBy: nameOf(actor),
      approvedAt: now,
      ...(changes && { changes: changesTold(request, reservation, changes) }),
    },
  });
  const decided = decide(request, { to: "approved", at: now, operation });
  const kept = insert(reservation, operation);
  const before = { ...claimOf(request, request.expiresAt), heldUntil: request.expiresAt };
  const after = claimOf(reservation);

  const stays = Slot.slotIdOf(Claim.keyOf(before)) === Slot.slotIdOf(Claim.keyOf(after));
  if (stays) {
    const inPlace = () => commit(context, [decided, ...Claim.confirm(before, after), kept, told]);
    await pastEndedHolds(context, practice, inPlace);
  } else {
    const moved = () =>
      Claim.seated(context, { before, after }, (seats) =>
        commit(context, [decided, ...Claim.writes(seats.before, seats.after), kept, told]),
      );
    await pastEndedHolds(context, practice, moved);
  }
  return { reservationId };
}

/** The appointment as the doctor would have it. */
async function changed(
  context: Context,
  practice: Practice,
  request: Request,
  changes: ApprovalChanges,
): Promise<Appointment> {
  const { newSlotId, durationChange = 0, priceAdjustment = 0 } = changes;
  const slot = newSlotId ? Slot.slotKeyOf(newSlotId) : Claim.keyOf(claimOf(request));
  if (slot.profileId !== request.profileId) throw new Invalid("/changes/newSlotId", "is of another calendar");
  const serviceId = changes.serviceId ?? (newSlotId ? slot.serviceId : request.serviceId);
  const service = await Service.get(context, practice.profileId, serviceId);
  const same = serviceId === request.serviceId;
  const duration = (same ? durationOf(request) : service.duration) + durationChange;
  if (duration < Service.GRAIN_MINUTES) throw new Invalid("/changes/durationChange", "leaves no time");
  const price = (same ? request.price : service.price) + priceAdjustment;
  if (price < 0) throw new Invalid("/changes/priceAdjustment", "makes the price negative");
  const group = service.capacity > 1;
  if (group && durationChange !== 0) throw new Invalid("/changes/durationChange", "a group keeps its length");
  if (Boolean(request.group) !== group && !newSlotId) {
    throw new Invalid("/changes/serviceId", "needs a slot of its own: choose newSlotId as well");
  }
  const { slotServiceId, group: _, ...kept } = appointmentOf(request);
  return {
    ...kept,
    serviceId,
    serviceName: service.name,
    ...(slot.serviceId !== serviceId && { slotServiceId: slot.serviceId }),
    start: slot.start,
    end: plus(slot.start, { minutes: duration }),
    bufferBefore: same ? request.bufferBefore : service.bufferBefore,
    bufferAfter: same ? request.bufferAfter : service.bufferAfter,
    ...(group && { group }),
    price,
  };
}

/** A request without what only a request has. */
function appointmentOf(request: Request): Appointment {
  const { status, expiresAt, createdAt, decidedAt, reason, mark, decisionMark, ...rest } = request;
  const { chiefComplaint, symptoms, medicalHistory, currentMedications, allergies, ...appointment } = rest;
  return appointment;
}

const changesTold = (request: Request, reservation: Reservation, changes: ApprovalChanges) => ({
  ...(reservation.start !== request.start && { originalTime: request.start, newTime: reservation.start }),
  ...(reservation.serviceId !== request.serviceId && {
    originalService: request.serviceId,
    newService: reservation.serviceId,
  }),
  durationChange: changes.durationChange,
  notes: changes.notes,
  priceAdjustment: changes.priceAdjustment,
});
