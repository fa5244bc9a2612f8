import * as z from "zod";
import { Source, Urgency } from "../../platform/events/index.ts";
import {
  type Actor,
  type BookingPolicy,
  type Context,
  Forbidden,
  type Instant,
  idFrom,
  Language,
  minutesBetween,
  type Practice,
  plus,
  Refusal,
} from "../../platform/index.ts";
import { Claim, Listing, type Service, Slot } from "../../scheduling/index.ts";

/** Who wishes to come: as given by whoever asks, clinical details apart. */
export const PatientDetails = z.strictObject({
  patientName: z.string().trim().min(1).max(120),
  patientPhone: z.e164().meta({ description: "E.164", example: "+525512345678" }),
  patientEmail: z.email().max(200).optional(),
  language: Language.default("es"),
});

/** What is told about the illness: read only by the care team, sealed when it leaves the table. */
export const ClinicalDetails = z.strictObject({
  chiefComplaint: z.string().max(500).optional(),
  symptoms: z.string().max(1000).optional(),
  medicalHistory: z.string().max(2000).optional(),
  currentMedications: z.string().max(1000).optional(),
  allergies: z.string().max(500).optional(),
});
export type ClinicalDetails = z.infer<typeof ClinicalDetails>;

/** A wish for a slot: the body of a request, and of a booking by staff. */
export const NewAppointment = z.strictObject({
  slotId: Slot.SlotId,
  serviceId: z.string(),
  ...PatientDetails.shape,
  ...ClinicalDetails.shape,
  urgencyLevel: Urgency.default("normal"),
  source: Source.default("web"),
});
export type NewAppointment = z.infer<typeof NewAppointment>;

/** What a request and the reservation that it becomes have in common. */
export interface Appointment {
  /** A ULID; the request's and the reservation's id share it, and the ledger names it as owner. */
  readonly appointmentId: string;
  readonly organizationId: string;
  readonly profileId: string;
  readonly patientId: string;
  readonly patientName: string;
  readonly patientPhone: string;
  readonly patientEmail?: string;
  readonly language: Language;
  readonly serviceId: string;
  readonly serviceName: string;
  /** Of the slot it sits in, where a doctor approved another service at the same time. */
  readonly slotServiceId?: string;
  readonly start: Instant;
  readonly end: Instant;
  readonly bufferBefore: number;
  readonly bufferAfter: number;
  readonly group?: boolean;
  readonly price: number;
  readonly currency: string;
  readonly urgencyLevel: Urgency;
  readonly source: Source;
  readonly policy: BookingPolicy;
}

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

export const slotIdFor = (appointment: Appointment): string =>
  Slot.slotIdOf(Claim.keyOf(claimOf(appointment)));

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
  const { changeNoticeHours } = appointment.policy;
  const until = plus(appointment.start, { hours: -changeNoticeHours });
  if (now <= until) return true;
  if (actor.kind !== "patient") return false;
  if (lateAllowed && now < appointment.start) return false;
  throw new Refusal("too-late", "It is too late to change this online. Please call the clinic.", { until });
}

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
  reason,
});

export const durationOf = (appointment: Appointment): number =>
  minutesBetween(appointment.start, appointment.end);
