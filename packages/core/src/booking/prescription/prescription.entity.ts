import { Entity } from "electrodb";

/**
 * By its id, which a sleeping run has. `issued`: what was prescribed at a visit. `timeline`: between a patient's
 * bookings, without what was prescribed.
 */
export const PrescriptionEntity = new Entity({
  model: { entity: "prescription", version: "1", service: "turno" },
  attributes: {
    prescriptionId: { type: "string", required: true, readOnly: true, label: "x", field: "rx" },
    appointmentId: { type: "string", required: true, readOnly: true, label: "a", field: "apt" },
    organizationId: { type: "string", required: true, readOnly: true, label: "o", field: "org" },
    profileId: { type: "string", required: true, readOnly: true, field: "prf" },
    patientId: { type: "string", required: true, readOnly: true, label: "n", field: "pat" },
    prescribedBy: { type: "string", required: true, readOnly: true, field: "by" },
    serviceName: { type: "string", required: true, readOnly: true, field: "sn" },
    medicationName: { type: "string", required: true, readOnly: true, field: "med" },
    dosage: { type: "string", required: true, readOnly: true },
    frequency: { type: "string", required: true, readOnly: true, field: "freq" },
    duration: { type: "string", required: true, readOnly: true },
    startDate: { type: "string", required: true, readOnly: true },
    instructions: { type: "string", readOnly: true },
    timezone: { type: "string", required: true, readOnly: true, field: "tz" },
    start: { type: "string", required: true, readOnly: true },
    end: { type: "string", required: true, readOnly: true },
    createdAt: { type: "string", required: true, readOnly: true, label: "t", field: "made" },
    status: { type: ["active", "ended"] as const, required: true },
    endedAt: { type: "string" },
    reason: { type: "string" },
    continuedFrom: { type: "string", field: "cf" },
    mark: { type: "string" },
    changeMark: { type: "string", field: "cm" },
  },
  indexes: {
    primary: { pk: { field: "pk", composite: ["prescriptionId"] }, sk: { field: "sk", composite: [] } },
    issued: {
      index: "gsi1",
      scope: "issued",
      pk: { field: "gsi1pk", composite: ["appointmentId"] },
      sk: { field: "gsi1sk", composite: ["createdAt", "prescriptionId"] },
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
