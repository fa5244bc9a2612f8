import * as z from "zod";
import { Instant, LocalDate } from "../instant.ts";
import { Currency } from "../money.ts";
import { Zone } from "../zone.ts";
import { carrier, event, sealed } from "./event.ts";
import { Source, Urgency } from "./terms.ts";

const text = z.string();
const person = () => ({ patientName: sealed(text), patientPhone: sealed(text) });
const email = () => ({ patientEmail: sealed(text.optional()) });
const price = { price: z.int(), currency: Currency };
const FollowUp = z.enum(["24h", "48h", "1week", "2weeks"]);

const booked = () => ({
  reservationId: text,
  profileId: text,
  ...person(),
  ...email(),
  serviceId: text,
  serviceName: text,
  slotId: text,
  appointmentTime: Instant,
  appointmentEndTime: Instant,
  timezone: Zone,
  doctorName: text,
  doctorPhone: sealed(text),
  clinicName: text,
  clinicAddress: text,
  ...price,
  urgencyLevel: Urgency,
  source: Source,
});

const notification = () => ({
  notificationId: text,
  organizationId: text,
  about: text,
  appointmentId: text.optional(),
  template: text,
});

const waiting = () => ({
  entryId: text,
  profileId: text,
  serviceId: text,
  patientId: text,
  slotId: text.optional(),
  expiresAt: Instant.optional(),
});

const payment = () => ({
  /** Of the visit as it was booked first: a moved one keeps its deposit. */
  reservationId: text,
  profileId: text,
  /** Minor units: what is asked for, was paid, or goes back. */
  amount: z.int(),
  currency: Currency,
  provider: text,
});

/**
 * Every event of booking, by name. Names and fields are the interface that other systems already use: a field may be
 * added, none renamed, removed or made stricter, since a sleeping run is checked again when it wakes.
 */
export const catalogue = {
  "reservation/request-created": event({
    requestId: text,
    profileId: text,
    slotId: text,
    serviceId: text,
    ...person(),
    ...email(),
    chiefComplaint: sealed(text.optional()),
    symptoms: sealed(text.optional()),
    medicalHistory: sealed(text.optional()),
    currentMedications: sealed(text.optional()),
    allergies: sealed(text.optional()),
    urgencyLevel: Urgency,
    requestedTime: Instant,
    expiresAt: Instant,
  }),
  "reservation/request-expired": event({
    requestId: text,
    slotId: text,
    profileId: text,
    ...person(),
    doctorId: text,
    doctorPhone: sealed(text),
  }),
  "reservation/request-cancelled": event({
    requestId: text,
    profileId: text,
    cancellationReason: sealed(text.optional()),
    cancelledBy: z.enum(["patient", "doctor", "system"]),
    cancelledAt: Instant,
  }),
  "reservation/created": event(booked()),
  "reservation/approved": event({
    reservationId: text,
    profileId: text,
    requestId: text,
    approvedBy: text,
    approvedAt: Instant,
    changes: z
      .object({
        originalTime: Instant.optional(),
        newTime: Instant.optional(),
        originalService: text.optional(),
        newService: text.optional(),
        durationChange: z.int().optional(),
        notes: sealed(text.optional()),
        priceAdjustment: z.int().optional(),
      })
      .optional(),
  }),
  "reservation/rejected": event({
    reservationId: text,
    profileId: text,
    requestId: text,
    rejectionReason: sealed(text),
    rejectedBy: text,
    rejectedAt: Instant,
  }),
  "reservation/cancelled": event({
    reservationId: text,
    profileId: text,
    ...person(),
    appointmentTime: Instant,
    serviceName: text,
    cancellationReason: sealed(text.optional()),
    cancelledBy: z.enum(["patient", "doctor", "system"]),
    cancelledAt: Instant,
    refundAmount: z.int().optional(),
    currency: Currency.optional(),
  }),
  "reservation/completed": event({
    reservationId: text,
    profileId: text,
    completedAt: Instant,
    notes: sealed(text.optional()),
    followUpRequired: z.boolean().optional(),
    /** Set when it puts right that the visit had been marked as a no-show. */
    wasNoShow: z.boolean().optional(),
    nextAppointmentDate: LocalDate.optional(),
    prescriptionIssued: z.boolean().optional(),
  }),
  "reservation/attendance-confirmed": event({
    reservationId: text,
    profileId: text,
    confirmedAt: Instant,
  }),
  "reservation/no-show": event({ reservationId: text, profileId: text, markedAt: Instant }),
  "reservation/to-review": event({ reservationId: text, profileId: text, markedAt: Instant }),
  "appointment/created": event({ ...booked(), preparationInstructions: text.optional() }),
  "appointment/completed": event({
    reservationId: text,
    profileId: text,
    ...person(),
    appointmentDate: LocalDate,
    followUpType: FollowUp,
    followUpQuestions: z.array(text).optional(),
  }),
  "appointment/rescheduled": event({
    oldReservationId: text,
    newReservationId: text,
    profileId: text,
    serviceId: text,
    newSlotId: text,
    ...person(),
    oldAppointmentTime: Instant,
    newAppointmentTime: Instant,
    serviceName: text,
    reschedulingReason: sealed(text.optional()),
    rescheduledBy: text,
  }),
  "appointment/reminders-due": event({ reservationId: text, profileId: text, hours: z.array(z.int()) }),
  "appointment/reminder-24h": event({
    reservationId: text,
    profileId: text,
    ...person(),
    appointmentTime: Instant,
    serviceName: text,
    doctorName: text,
    clinicName: text,
    clinicAddress: text,
    preparationInstructions: text.optional(),
  }),
  "appointment/reminder-2h": event({
    reservationId: text,
    profileId: text,
    ...person(),
    appointmentTime: Instant,
    serviceName: text,
    clinicName: text,
    clinicAddress: text,
    parkingInfo: text.optional(),
    buildingInfo: text.optional(),
    floorInfo: text.optional(),
    officeNumber: text.optional(),
  }),
  "appointment/reminder": event({ reservationId: text, patientId: text, organizationId: text }),
  "appointment/follow-up": event({
    reservationId: text,
    profileId: text,
    ...person(),
    appointmentDate: LocalDate,
    followUpType: FollowUp,
    followUpQuestions: z.array(text),
  }),
  "appointment/follow-up-answered": event({
    reservationId: text,
    profileId: text,
    followUpType: FollowUp,
    messageId: text,
    answeredAt: Instant,
  }),
  "prescription/created": event({
    prescriptionId: text,
    reservationId: text.optional(),
    profileId: text,
    ...person(),
    medicationName: sealed(text),
    dosage: sealed(text),
    frequency: text,
    startDate: LocalDate,
    duration: text,
    instructions: sealed(text.optional()),
    timezone: Zone,
  }),
  "prescription/ended": event({ prescriptionId: text, profileId: text, endedAt: Instant }),
  "prescription/continued": event({ prescriptionId: text, profileId: text, fromDose: Instant }),
  "slot/generate-daily": event({
    profileId: text,
    targetDate: LocalDate,
    timezone: Zone,
    generateForServices: z.array(text),
  }),
  "slot/cleanup-expired": event({ profileId: text, cleanupDate: LocalDate }),
  "slot/expired-cleanup": event({
    profileId: text,
    expiredSlotIds: z.array(text),
    cleanupDate: LocalDate,
  }),
  "slot/released": event({
    slotId: text,
    profileId: text,
    serviceId: text,
    startTime: Instant,
    reason: z.enum(["cancelled", "expired", "rejected", "rescheduled", "no_show", "unblocked"]),
    /** The time that was given up, with what was kept free around it: slots of other services lie over it too. */
    freedFrom: Instant.optional(),
    freedUntil: Instant.optional(),
  }),
  "availability/changed": event({
    profileId: text,
    changedBy: text,
    changes: z.object({
      dayOfWeek: z.int().min(0).max(6).optional(),
      startTime: text.optional(),
      endTime: text.optional(),
      slotDuration: z.int().optional(),
      bufferTime: z.int().optional(),
    }),
    effectiveDate: LocalDate,
    /** The last date whose hours are others; without it all that come from the first. */
    effectiveUntil: LocalDate.optional(),
  }),
  "medical-service/created": event({
    serviceId: text,
    profileId: text,
    name: text,
    duration: z.int(),
    ...price,
    category: text,
    createdBy: text,
  }),
  "medical-service/updated": event({
    serviceId: text,
    profileId: text,
    changes: z.object({
      name: text.optional(),
      description: text.optional(),
      duration: z.int().optional(),
      price: z.int().optional(),
      requirements: text.optional(),
    }),
    updatedBy: text,
  }),
  "doctor/new-request": event({
    profileId: text,
    doctorName: text,
    doctorPhone: sealed(text),
    requestId: text,
    ...person(),
    serviceName: text,
    appointmentTime: Instant,
    urgencyLevel: Urgency,
    chiefComplaint: sealed(text.optional()),
  }),
  "doctor/request-expired": event({
    profileId: text,
    doctorName: text,
    requestId: text,
    patientName: sealed(text),
    expiredAt: Instant,
  }),
  "waitlist/joined": event(waiting()),
  "waitlist/offered": event(waiting()),
  "waitlist/accepted": event(waiting()),
  "waitlist/declined": event(waiting()),
  "waitlist/left": event(waiting()),
  "waitlist/lapsed": event(waiting()),
  "payment/deposit-requested": event({ ...payment(), checkoutId: text, expiresAt: Instant }),
  "payment/deposit-paid": event({ ...payment(), paymentId: text, paidAt: Instant }),
  "payment/refunded": event({
    ...payment(),
    paymentId: text,
    refundId: text.optional(),
    /** Minor units: all that went back by hand so far, of which `amount` is the latest. */
    byHand: z.int().optional(),
    refundedAt: Instant,
  }),
  "payment/refund-failed": event({
    ...payment(),
    paymentId: text,
    refundId: text.optional(),
    /** The provider's word for it. */
    reason: text,
    failedAt: Instant,
  }),
  "message/received": event({
    messageId: text,
    channel: text,
    from: sealed(text),
    body: sealed(text),
    receivedAt: Instant,
    reservationId: text.optional(),
  }),
  "notification/send": event({
    notificationId: text.optional(),
    organizationId: text,
    recipient: z.object({ userId: text.optional(), patientId: text.optional() }),
    type: z.enum(["email", "sms", "whatsapp", "push", "voice"]),
    to: sealed(text),
    subject: sealed(text.optional()),
    body: sealed(text.optional()),
    template: text.optional(),
    /** As JSON. */
    variables: sealed(text.optional()),
    priority: text.optional(),
  }),
  "notification/delivered": event({
    ...notification(),
    channel: text,
    /** WhatsApp's are built of phones. */
    providerMessageId: sealed(text),
    deliveredAt: Instant,
  }),
  "notification/failed": event({
    ...notification(),
    channel: text,
    reason: text,
    failedAt: Instant,
    /** No other channel is left to try. */
    isFinal: z.boolean(),
  }),
  "workflow/retry": carrier({
    retry: z.object({
      workflow: text,
      /** The run that failed. */
      runId: text,
      attempt: z.int(),
      /** Of the event that it began with, whose fields are beside this one. */
      name: text,
      id: text,
      ts: z.int(),
    }),
  }),
} as const;

export type EventName = keyof typeof catalogue;

/** The fields of one event, in the clear. */
export type EventData<Name extends EventName> = z.input<(typeof catalogue)[Name]["schema"]>;
