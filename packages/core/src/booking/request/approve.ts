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
  requireCalendar,
} from "../../platform/index.ts";
import { Claim, Service, Slot } from "../../scheduling/index.ts";
import {
  bookedFields,
  claimOf,
  durationOf,
  releasedFields,
  requireBookableTime,
} from "../appointment/appointment.ts";
import { type Appointment, slotIdFor } from "../appointment/details.ts";
import { insert } from "../reservation/reservation.store.ts";
import type { Reservation } from "../reservation/reservation.ts";
import { pastEndedHolds } from "./ended-holds.ts";
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
 * operation answers as before. Throws {@link AlreadyDecided}, `slot-taken`, `slot-blocked`, `slot-past`, `not-found`,
 * `forbidden`, `invalid`.
 */
export async function approve(
  context: Context,
  actor: Actor,
  practiceOf: PracticeOf,
  { requestId, changes, operation }: Approval,
): Promise<{ reservationId: string }> {
  const request = await get(context, requestId);
  requireCalendar(actor, request, "request", requestId);
  const reservationId = idFrom("reservation", request.appointmentId);
  if (isRepeat(operation, request.decisionMark)) return { reservationId };
  const now = context.now();
  const status = statusAt(request, now);
  if (status !== "pending") throw new AlreadyDecided(requestId, status);
  const practice = await practiceOf(context, request.profileId);
  const approved = await changed(context, actor, practice, request, changes ?? {});
  const reservation: Reservation = {
    ...approved,
    asked: true,
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

  const freed = Outbox.tell(context, actor, {
    organizationId: request.organizationId,
    about: requestId,
    events: ["slot/released"],
    data: releasedFields(request, "rescheduled"),
  });
  const inPlace = () => commit(context, [decided, ...Claim.confirm(before, after), kept, told]);
  const moved = () =>
    Claim.seated(context, { before, after }, (seats) =>
      commit(context, [decided, ...Claim.writes(seats.before, seats.after), kept, told, freed]),
    );
  const stays = slotIdFor(request) === slotIdFor(reservation);
  const agree = () => pastEndedHolds(context, practice, stays ? inPlace : moved);
  await onceOnly(agree, async () => undefined);
  return { reservationId };
}

/** The appointment as the doctor would have it: what is not changed stays as it was asked for. */
async function changed(
  context: Context,
  actor: Actor,
  practice: Practice,
  request: Request,
  changes: ApprovalChanges,
): Promise<Appointment> {
  const { newSlotId, durationChange = 0, priceAdjustment = 0 } = changes;
  const slot = Slot.slotKeyOf(newSlotId ?? slotIdFor(request));
  const moves = Slot.slotIdOf(slot) !== slotIdFor(request);
  if (slot.profileId !== request.profileId) throw new Invalid("/changes/newSlotId", "is of another calendar");
  if (moves) requireBookableTime(context, actor, practice, slot);

  const visit = await visitFor(context, practice, request, moves, changes.serviceId ?? slot.serviceId);
  const { serviceId, group } = visit;
  if (group && durationChange !== 0) throw new Invalid("/changes/durationChange", "a group keeps its length");
  if ((group || (request.group && !moves)) && slot.serviceId !== serviceId) {
    const [pointer, detail] = moves
      ? ["/changes/newSlotId", "is of another service: a group sits in a slot of its own"]
      : ["/changes/serviceId", "needs a slot of its own: choose newSlotId as well"];
    throw new Invalid(pointer, detail);
  }
  const duration = visit.duration + durationChange;
  if (duration < Service.GRAIN_MINUTES) throw new Invalid("/changes/durationChange", "leaves no time");
  const price = visit.price + priceAdjustment;
  if (price < 0) throw new Invalid("/changes/priceAdjustment", "makes the price negative");

  const { slotServiceId, group: _, ...kept } = appointmentOf(request);
  return {
    ...kept,
    serviceId,
    serviceName: visit.serviceName,
    ...(slot.serviceId !== serviceId && { slotServiceId: slot.serviceId }),
    start: slot.start,
    end: plus(slot.start, { minutes: duration }),
    bufferBefore: visit.bufferBefore,
    bufferAfter: visit.bufferAfter,
    ...(group && { group }),
    price,
  };
}

type Visit = Pick<
  Appointment,
  "serviceId" | "serviceName" | "bufferBefore" | "bufferAfter" | "group" | "price"
> & { readonly duration: number };

/** What is done: as it was when it was asked for, or as a service that the doctor chooses is now. */
async function visitFor(
  context: Context,
  practice: Practice,
  request: Request,
  moves: boolean,
  serviceId: string,
): Promise<Visit> {
  const asked: Visit = { ...request, duration: durationOf(request) };
  const isAsked = serviceId === request.serviceId;
  if (isAsked && !moves) return asked;
  const service = await Service.get(context, practice.profileId, serviceId);
  if (!isAsked && !service.active) throw new Invalid("/changes/serviceId", "is not offered any more");
  const group = service.capacity > 1;
  if (isAsked && !group) return { ...asked, group };
  const { name: serviceName, duration, bufferBefore, bufferAfter } = service;
  const price = isAsked ? request.price : service.price;
  return { serviceId, serviceName, duration, bufferBefore, bufferAfter, group, price };
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
