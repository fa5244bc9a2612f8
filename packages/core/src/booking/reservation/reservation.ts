import * as z from "zod";
import { Source, Urgency } from "../../platform/events/index.ts";
import {
  type Instant,
  Instant as InstantSchema,
  idFrom,
  idOf,
  Language,
  LocalDate,
  Refusal,
} from "../../platform/schemas.ts";
import { SlotId } from "../../scheduling/schemas.ts";
import { type Appointment, ClinicalDetails, clinicalOf, slotIdFor } from "../appointment/details.ts";

export const ReservationStatus = z.enum(["confirmed", "completed", "cancelled", "no_show", "rescheduled"]);
export type ReservationStatus = z.infer<typeof ReservationStatus>;

/**
 * A visit that is agreed; price and policy as they were when it was booked.
 *
 * What was told about the illness is here when it was booked at once, and otherwise on the request at its origin.
 */
export interface Reservation extends Appointment, ClinicalDetails {
  readonly status: ReservationStatus;
  /** The day of the visit where it takes place. */
  readonly localDate: LocalDate;
  readonly createdAt: Instant;
  /** Set when this very appointment was asked for. */
  readonly asked?: boolean;
  /** The appointment that was asked for, where it has moved since. */
  readonly origin?: string;
  /** What the doctor said when approving with changes. */
  readonly approvalNotes?: string;
  readonly endedAt?: Instant;
  /** Set when its time went by without anybody saying how it ended, and the clinic wants to look at it. */
  readonly toReview?: boolean;
  /** When it was marked as a no-show; stays where that was put right afterwards. */
  readonly noShowAt?: Instant;
  /** When the patient said that they will come. */
  readonly attendanceConfirmedAt?: Instant;
  /** Set when the patient asked for it in a conversation, and was answered there. */
  readonly toldInReply?: boolean;
  readonly reason?: string;
  readonly cancelledBy?: "patient" | "doctor" | "system";
  /** What the policy gives back of the price, in minor units; of what was paid, the deposit tells. */
  readonly refundAmount?: number;
  /** Hours before the start at which reminders went out. */
  readonly reminded?: readonly number[];
  /** The appointments that it came from and that it moved to. */
  readonly movedFrom?: string;
  readonly movedTo?: string;
  readonly completion?: Completion;
  readonly mark?: string;
  readonly changeMark?: string;
  readonly remindMark?: string;
}

export const FollowUpType = z.enum(["24h", "48h", "1week", "2weeks"]);
export type FollowUpType = z.infer<typeof FollowUpType>;

/** How a visit ended. */
export const Completion = z.strictObject({
  notes: z.string().max(4000).optional(),
  followUpRequired: z.boolean().optional(),
  followUpType: FollowUpType.optional(),
  nextAppointmentDate: LocalDate.optional(),
  prescriptionIssued: z.boolean().optional(),
});
export type Completion = z.infer<typeof Completion>;

/** It is not confirmed any more: nothing can be done to it. */
export class AlreadyEnded extends Refusal {
  constructor(reservationId: string, status: ReservationStatus, movedTo?: string) {
    const moved = movedTo && { movedTo: idFrom("reservation", movedTo) };
    super("already-ended", `This reservation is already ${status}.`, { reservationId, status, ...moved });
  }
}

export const RefundAmount = z.int().min(0).meta({
  description:
    "What the policy that held gives back of the price, in minor units. Of a deposit that was paid the same share goes back; where nothing was paid, nothing does.",
  example: 60000,
});

/** A reservation as its patient and the care team see it. */
export const ReservationView = z.object({
  reservationId: idOf("reservation"),
  /** Where what was told about the illness is, when it began as a request. */
  requestId: idOf("request").optional(),
  status: ReservationStatus,
  profileId: idOf("profile"),
  patientId: idOf("patient"),
  slotId: SlotId,
  serviceId: idOf("service"),
  serviceName: z.string(),
  appointmentTime: InstantSchema,
  appointmentEndTime: InstantSchema,
  patientName: z.string(),
  patientPhone: z.string(),
  patientEmail: z.string().optional(),
  ...ClinicalDetails.shape,
  language: Language,
  urgencyLevel: Urgency,
  source: Source,
  price: z.int(),
  currency: z.string(),
  createdAt: InstantSchema,
  approvalNotes: z.string().optional(),
  endedAt: InstantSchema.optional(),
  toReview: z.boolean().meta({ description: "Its time went by, and nobody said how it ended" }),
  attendanceConfirmedAt: InstantSchema.optional().meta({
    description: "When the patient said that they will come",
  }),
  reason: z.string().optional(),
  cancelledBy: z.enum(["patient", "doctor", "system"]).optional(),
  refundAmount: RefundAmount.optional(),
  rescheduledFrom: idOf("reservation").optional(),
  rescheduledTo: idOf("reservation").optional(),
  remindersSent: z.array(z.int()).meta({ description: "Hours before the start" }),
});
export type ReservationView = z.infer<typeof ReservationView>;

/** A reservation as the agenda shows it. */
export const AgendaEntry = ReservationView.pick({
  reservationId: true,
  status: true,
  profileId: true,
  patientId: true,
  serviceId: true,
  serviceName: true,
  appointmentTime: true,
  appointmentEndTime: true,
  patientName: true,
  urgencyLevel: true,
  toReview: true,
  attendanceConfirmedAt: true,
});
export type AgendaEntry = z.infer<typeof AgendaEntry>;

/** Whether the front desk is to say how it ended. */
export const isToReview = ({ status, toReview }: Pick<Reservation, "status" | "toReview">): boolean =>
  status === "confirmed" && toReview === true;

/** The appointment that began as a request, if any did. */
export const originOf = ({ origin, asked, appointmentId }: Reservation): string | undefined =>
  origin ?? (asked ? appointmentId : undefined);

function requestOf(reservation: Reservation): { requestId?: string } {
  const origin = originOf(reservation);
  return origin ? { requestId: idFrom("request", origin) } : {};
}

/** A reservation as far as the agenda copies it. */
export type Listed = Pick<
  Reservation,
  | "appointmentId"
  | "profileId"
  | "patientId"
  | "serviceId"
  | "serviceName"
  | "status"
  | "start"
  | "end"
  | "patientName"
  | "urgencyLevel"
  | "toReview"
  | "attendanceConfirmedAt"
  | "policy"
  | "createdAt"
>;

export const entryOf = (reservation: Listed): AgendaEntry => ({
  reservationId: idFrom("reservation", reservation.appointmentId),
  status: reservation.status,
  profileId: reservation.profileId,
  patientId: reservation.patientId,
  serviceId: reservation.serviceId,
  serviceName: reservation.serviceName,
  appointmentTime: reservation.start,
  appointmentEndTime: reservation.end,
  patientName: reservation.patientName,
  urgencyLevel: reservation.urgencyLevel,
  toReview: isToReview(reservation),
  attendanceConfirmedAt: reservation.attendanceConfirmedAt,
});

export const viewOf = (reservation: Reservation): ReservationView => ({
  ...entryOf(reservation),
  ...requestOf(reservation),
  slotId: slotIdFor(reservation),
  patientPhone: reservation.patientPhone,
  patientEmail: reservation.patientEmail,
  ...clinicalOf(reservation),
  language: reservation.language,
  source: reservation.source,
  price: reservation.price,
  currency: reservation.currency,
  createdAt: reservation.createdAt,
  approvalNotes: reservation.approvalNotes,
  endedAt: reservation.endedAt,
  reason: reservation.reason,
  cancelledBy: reservation.cancelledBy,
  refundAmount: reservation.refundAmount,
  ...(reservation.movedFrom && { rescheduledFrom: idFrom("reservation", reservation.movedFrom) }),
  ...(reservation.movedTo && { rescheduledTo: idFrom("reservation", reservation.movedTo) }),
  remindersSent: [...(reservation.reminded ?? [])].sort((a, b) => b - a),
});
