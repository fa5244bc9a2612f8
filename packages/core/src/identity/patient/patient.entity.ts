import { Entity } from "electrodb";

/** By id; by clinic for the front desk's search; by a keyed digest of the phone, behind which a family may stand. */
export const PatientEntity = new Entity({
  model: { entity: "patient", version: "1", service: "turno" },
  attributes: {
    patientId: { type: "string", required: true, readOnly: true, label: "p", field: "pat" },
    organizationId: { type: "string", required: true, readOnly: true, label: "o", field: "org" },
    phoneKey: { type: "string", required: true, readOnly: true, label: "f" },
    patientName: { type: "string", required: true },
    patientPhone: { type: "string", required: true, readOnly: true },
    patientEmail: { type: "string" },
    language: { type: ["es", "en", "pt"] as const, required: true },
    birthDate: { type: "string" },
    createdAt: { type: "string", required: true, readOnly: true, label: "t" },
    version: { type: "number", required: true },
  },
  indexes: {
    primary: { pk: { field: "pk", composite: ["patientId"] }, sk: { field: "sk", composite: [] } },
    byOrganization: {
      index: "gsi1",
      scope: "patients",
      pk: { field: "gsi1pk", composite: ["organizationId"] },
      sk: { field: "gsi1sk", composite: ["createdAt", "patientId"] },
    },
    byPhone: {
      index: "gsi2",
      scope: "phone",
      pk: { field: "gsi2pk", composite: ["phoneKey"] },
      sk: { field: "gsi2sk", composite: ["patientId"] },
    },
  },
});
