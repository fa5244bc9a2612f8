import * as z from "zod";
import { Source, Urgency } from "../../platform/events/index.ts";
import {
  type Instant,
  Instant as InstantSchema,
  idFrom,
  idOf,
  Language,
  Refusal,
} from "../../platform/schemas.ts";
import { SlotId } from "../../scheduling/schemas.ts";
import { type Appointment, ClinicalDetails, clinicalOf, slotIdFor } from "../appointment/details.ts";

export const RequestStatus = z.enum(["pending", "approved", "rejected", "expired", "cancelled"]);
export type RequestStatus = z.infer<typeof RequestStatus>;

/** A patient's wish for a slot, and what became of it. While pending it holds the slot, until `expiresAt`. */
export interface Request extends Appointment, ClinicalDetails {
  readonly status: RequestStatus;
  readonly expiresAt: Instant;
  readonly createdAt: Instant;
  readonly decidedAt?: Instant;
  readonly reason?: string;
  /** Left by the operations that made and decided it. */
  readonly mark?: string;
  readonly decisionMark?: string;
}

/** What a request is at `now`: past `expiresAt` it has expired, whether or not anything has run. */
export const statusAt = (request: Pick<Request, "status" | "expiresAt">, now: Instant): RequestStatus =>
  request.status === "pending" && request.expiresAt <= now ? "expired" : request.status;

/** Somebody else, or time, decided first. */
export class AlreadyDecided extends Refusal {
  readonly status: RequestStatus;

  constructor(requestId: string, status: RequestStatus) {
    super("already-decided", `This request is already ${status}.`, { requestId, status });
    this.status = status;
  }
}

/** What a doctor may change while approving. */
export const ApprovalChanges = z.strictObject({
  newSlotId: SlotId.optional(),
  serviceId: idOf("service").optional(),
  durationChange: z
    .int()
    .min(-475)
    .max(475)
    .multipleOf(5)
    .optional()
    .meta({ description: "Minutes added or taken" }),
  priceAdjustment: z.int().optional().meta({ description: "Minor units added or taken" }),
  notes: z.string().max(500).optional(),
});
export type ApprovalChanges = z.infer<typeof ApprovalChanges>;

/** A request as its patient and the care team see it. */
export const RequestView = z.object({
  requestId: idOf("request"),
  status: RequestStatus,
  reservationId: idOf("reservation").optional(),
  profileId: idOf("profile"),
  patientId: idOf("patient"),
  slotId: SlotId,
  serviceId: idOf("service"),
  serviceName: z.string(),
  requestedTime: InstantSchema,
  endTime: InstantSchema,
  patientName: z.string(),
  patientPhone: z.string(),
  patientEmail: z.string().optional(),
  language: Language,
  ...ClinicalDetails.shape,
  urgencyLevel: Urgency,
  source: Source,
  price: z.int(),
  currency: z.string(),
  expiresAt: InstantSchema,
  createdAt: InstantSchema,
  decidedAt: InstantSchema.optional(),
  reason: z.string().optional(),
});
export type RequestView = z.infer<typeof RequestView>;

/** A request as its list shows it: nothing clinical. */
export const RequestSummary = RequestView.pick({
  requestId: true,
  status: true,
  profileId: true,
  patientId: true,
  serviceId: true,
  serviceName: true,
  requestedTime: true,
  endTime: true,
  patientName: true,
  urgencyLevel: true,
  expiresAt: true,
  createdAt: true,
});
export type RequestSummary = z.infer<typeof RequestSummary>;

/** A request as far as its list copies it. */
export type Listed = Pick<
  Request,
  | "appointmentId"
  | "organizationId"
  | "profileId"
  | "patientId"
  | "serviceId"
  | "serviceName"
  | "status"
  | "start"
  | "end"
  | "patientName"
  | "urgencyLevel"
  | "expiresAt"
  | "createdAt"
>;

export const summaryOf = (request: Listed, now: Instant): RequestSummary => ({
  requestId: idFrom("request", request.appointmentId),
  status: statusAt(request, now),
  profileId: request.profileId,
  patientId: request.patientId,
  serviceId: request.serviceId,
  serviceName: request.serviceName,
  requestedTime: request.start,
  endTime: request.end,
  patientName: request.patientName,
  urgencyLevel: request.urgencyLevel,
  expiresAt: request.expiresAt,
  createdAt: request.createdAt,
});

export const viewOf = (request: Request, now: Instant): RequestView => {
  const summary = summaryOf(request, now);
  return {
    ...summary,
    ...(summary.status === "approved" && { reservationId: idFrom("reservation", request.appointmentId) }),
    slotId: slotIdFor(request),
    patientPhone: request.patientPhone,
    patientEmail: request.patientEmail,
    language: request.language,
    ...clinicalOf(request),
    source: request.source,
    price: request.price,
    currency: request.currency,
    decidedAt: request.decidedAt,
    reason: request.reason,
  };
};
