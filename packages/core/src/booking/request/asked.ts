import { earlier, type Instant, idFrom, plus } from "../../platform/index.ts";
import { type Appointment, type ClinicalDetails, clinicalOf, slotIdFor } from "../appointment/details.ts";
import type { Request } from "./request.ts";

/** A request that is made at `now`: it holds its time for as long as the policy says, at most until the start. */
export const askedFor = (appointment: Appointment, clinical: ClinicalDetails, now: Instant): Request => ({
  ...appointment,
  ...clinical,
  status: "pending",
  expiresAt: earlier(plus(now, { minutes: appointment.policy.holdMinutes }), appointment.start),
  createdAt: now,
});

/** The fields that `reservation/request-created` tells. */
export const askedFields = (request: Request) => ({
  requestId: idFrom("request", request.appointmentId),
  profileId: request.profileId,
  slotId: slotIdFor(request),
  serviceId: request.serviceId,
  patientName: request.patientName,
  patientPhone: request.patientPhone,
  patientEmail: request.patientEmail,
  ...clinicalOf(request),
  urgencyLevel: request.urgencyLevel,
  requestedTime: request.start,
  expiresAt: request.expiresAt,
});
