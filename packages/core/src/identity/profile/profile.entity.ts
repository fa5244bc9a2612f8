import { Entity } from "electrodb";

/** Alone under its id, since every public request begins with a profile id; listed by clinic. */
export const ProfileEntity = new Entity({
  model: { entity: "profile", version: "1", service: "turno" },
  attributes: {
    profileId: { type: "string", required: true, readOnly: true, label: "p", field: "prf" },
    organizationId: { type: "string", required: true, readOnly: true, label: "o", field: "org" },
    name: { type: "string", required: true },
    kind: { type: ["doctor", "therapist", "nurse", "admin"] as const, required: true },
    specialty: { type: "string" },
    bio: { type: "string" },
    phone: { type: "string", required: true },
    language: { type: ["es", "en", "pt"] as const, required: true },
    timezone: { type: "string", required: true },
    published: { type: "boolean", required: true },
    noticeMinutes: { type: "number", required: true },
    horizonDays: { type: "number", required: true },
  },
  indexes: {
    primary: { pk: { field: "pk", composite: ["profileId"] }, sk: { field: "sk", composite: [] } },
    byOrganization: {
      index: "gsi1",
      scope: "profiles",
      pk: { field: "gsi1pk", composite: ["organizationId"] },
      sk: { field: "gsi1sk", composite: ["profileId"] },
    },
  },
});
