import {
  type Actor,
  type Context,
  Forbidden,
  type Instant,
  idFrom,
  minutesBetween,
  type Practice,
  plus,
  Refusal,
} from "../../platform/index.ts";
import { Claim, Listing, type Service, Slot } from "../../scheduling/index.ts";
import { type Appointment, type NewAppointment, slotIdFor } from "./details.ts";

/** The claim on the calendar that an appointment holds. */
export const claimOf = (appointment: Appointment, heldUntil?: Instant): Claim.Claim => ({
  profileId: appointment.profileId,
  serviceId: appointment.slotServiceId ?? appointment.serviceId,
  start: appointment.start,
  end: appointment.end,
  bufferBefore: appointment.bufferBefore,
  bufferAfter: appointment.bufferAfter,
  group: appointment.group ?? false,
  owner: appointment.appointmentId,
  ...(heldUntil && { heldUntil }),
});

/** The fields of an appointment that is made now from what was asked for. */
export function appointmentFrom(
  practice: Practice,
  service: Service.MedicalService,
  key: Slot.SlotKey,
  input: NewAppointment,
  { appointmentId, patientId }: { appointmentId: string; patientId: string },
): Appointment {
  const { patientName, patientPhone, patientEmail, language, urgencyLevel, source } = input;
  return {
    appointmentId,
    organizationId: practice.organizationId,
    profileId: practice.profileId,
    patientId,
    patientName,
    patientPhone,
    ...(patientEmail && { patientEmail }),
    language,
    serviceId: service.serviceId,
    serviceName: service.name,
    start: key.start,
    end: plus(key.start, { minutes: service.duration }),
    bufferBefore: service.bufferBefore,
    bufferAfter: service.bufferAfter,
    ...(service.capacity > 1 && { group: true }),
    price: service.price,
    currency: service.currency,
    urgencyLevel,
    source,
    policy: practice.policy,
  };
}

/** Refuses a time that has begun, and for patients one that is too near or too far. */
export function requireBookableTime(
  context: Context,
  actor: Actor,
  practice: Practice,
  key: Slot.SlotKey,
): void {
  const now = context.now();
  const slotId = Slot.slotIdOf(key);
  if (key.start <= now) throw new Refusal("slot-past", "This time has already begun.", { slotId });
  if (actor.kind === "staff" || actor.kind === "system") return;
  const { start, end } = Listing.bookingWindow(practice, now);
  if (key.start < start)
    throw new Refusal("slot-too-soon", "This time is too near to be booked online.", { slotId });
  if (key.start >= end) throw new Refusal("slot-too-far", "This time cannot be booked yet.", { slotId });
}

/**
 * Refuses a patient who changes their mind after the notice that held when they booked; staff may at any time.
 *
 * Returns whether the notice was kept.
 */
export function requireNotice(
  actor: Actor,
  appointment: Appointment,
  now: Instant,
  lateAllowed: boolean,
): boolean {
  if (mayStillMove(appointment, now)) return true;
  if (actor.kind !== "patient") return false;
  if (lateAllowed && now < appointment.start) return false;
  const until = plus(appointment.start, { hours: -appointment.policy.changeNoticeHours });
  throw new Refusal("too-late", "It is too late to change this online. Please call the clinic.", { until });
}

/** Whether its patient may still move it at `now`; staff always may. */
export const mayStillMove = ({ start, policy }: Appointment, now: Instant): boolean =>
  now <= plus(start, { hours: -policy.changeNoticeHours });

/** Who changed an appointment, in the words of the events. */
export function partyOf(actor: Actor): "patient" | "doctor" | "system" {
  switch (actor.kind) {
    case "patient":
      return "patient";
    case "staff":
      return "doctor";
    case "system":
      return "system";
    case "public":
      throw new Forbidden();
  }
}

/** The fields that `reservation/created` tells. */
export const bookedFields = (practice: Practice, appointment: Appointment) => ({
  reservationId: idFrom("reservation", appointment.appointmentId),
  profileId: appointment.profileId,
  patientName: appointment.patientName,
  patientPhone: appointment.patientPhone,
  patientEmail: appointment.patientEmail,
  serviceId: appointment.serviceId,
  serviceName: appointment.serviceName,
  slotId: slotIdFor(appointment),
  appointmentTime: appointment.start,
  appointmentEndTime: appointment.end,
  timezone: practice.timezone,
  doctorName: practice.doctorName,
  doctorPhone: practice.doctorPhone,
  clinicName: practice.clinicName,
  clinicAddress: practice.clinicAddress,
  price: appointment.price,
  currency: appointment.currency,
  urgencyLevel: appointment.urgencyLevel,
  source: appointment.source,
});

/** The fields that `slot/released` tells, for a slot that is free again. */
export const releasedFields = <Reason extends string>(appointment: Appointment, reason: Reason) => ({
  slotId: slotIdFor(appointment),
  profileId: appointment.profileId,
  serviceId: appointment.serviceId,
  startTime: appointment.start,
  ...freedBy(appointment),
  reason,
});

/** The time that is free again when a claim is given up, in the words of `slot/released`. */
export function freedBy(given: Parameters<typeof Claim.occupiedInterval>[0]) {
  const { start, end } = Claim.occupiedInterval(given);
  return { freedFrom: start, freedUntil: end };
}

export const durationOf = (appointment: Appointment): number =>
  minutesBetween(appointment.start, appointment.end);
