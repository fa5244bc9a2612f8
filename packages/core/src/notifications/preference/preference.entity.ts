import { Entity } from "electrodb";

/** How a patient wants to be told things; beside their record. */
export const PreferenceEntity = new Entity({
  model: { entity: "preference", version: "1", service: "turno" },
  attributes: {
    patientId: { type: "string", required: true, readOnly: true, label: "p", field: "pat" },
    organizationId: { type: "string", required: true, field: "org" },
    channels: { type: "list", items: { type: "string" } },
    quietHours: { type: "any" },
    detail: { type: ["full", "minimal"] as const },
    outreach: { type: "any" },
    /** A Web Push subscription as JSON. */
    device: { type: "string" },
    version: { type: "number", required: true },
  },
  indexes: { primary: { pk: { field: "pk", composite: ["patientId"] }, sk: { field: "sk", composite: [] } } },
});

/** What a patient agreed to or withdrew, when, how, and who wrote it down. Append-only. */
export const ConsentEntity = new Entity({
  model: { entity: "consent", version: "1", service: "turno" },
  attributes: {
    patientId: { type: "string", required: true, label: "p", field: "pat" },
    organizationId: { type: "string", required: true, field: "org" },
    consentId: { type: "string", required: true, label: "c" },
    given: { type: "boolean", required: true },
    how: { type: "string", required: true },
    by: { type: "string", required: true },
    at: { type: "string", required: true },
  },
  indexes: {
    primary: {
      pk: { field: "pk", composite: ["patientId"] },
      sk: { field: "sk", composite: ["consentId"] },
    },
  },
});
