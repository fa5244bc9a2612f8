import { Entity } from "electrodb";
import { appointmentColumns, clinicalColumns } from "../appointment/columns.ts";

/**
 * Beside its request, under the appointment that both share.
 *
 * `agenda`: a clinic's day, by practitioner and time. `timeline`: a patient's bookings.
 */
export const ReservationEntity = new Entity({
  model: { entity: "resv", version: "1", service: "turno" },
  attributes: {
    ...appointmentColumns,
    status: {
      type: ["confirmed", "completed", "cancelled", "no_show", "rescheduled"] as const,
      required: true,
    },
    ...clinicalColumns,
    localDate: { type: "string", required: true, label: "l", field: "day" },
    asked: { type: "boolean" },
    origin: { type: "string" },
    approvalNotes: { type: "string" },
    endedAt: { type: "string" },
    reason: { type: "string" },
    cancelledBy: { type: ["patient", "doctor", "system"] as const },
    refundAmount: { type: "number" },
    reminded: { type: "set", items: "number" },
    toReview: { type: "boolean", field: "review" },
    noShowAt: { type: "string" },
    attendanceConfirmedAt: { type: "string", field: "coming" },
    toldInReply: { type: "boolean" },
    movedFrom: { type: "string" },
    movedTo: { type: "string" },
    completion: { type: "any" },
    changeMark: { type: "string", field: "cm" },
    remindMark: { type: "string", field: "rm" },
  },
  indexes: {
    primary: { pk: { field: "pk", composite: ["appointmentId"] }, sk: { field: "sk", composite: [] } },
    agenda: {
      index: "gsi1",
      scope: "agenda",
      pk: { field: "gsi1pk", composite: ["organizationId", "localDate"] },
      sk: { field: "gsi1sk", composite: ["profileId", "start"] },
    },
    timeline: {
      index: "gsi2",
      collection: "timeline",
      type: "clustered",
      pk: { field: "gsi2pk", composite: ["organizationId", "patientId"] },
      sk: { field: "gsi2sk", composite: ["createdAt"] },
    },
  },
});
