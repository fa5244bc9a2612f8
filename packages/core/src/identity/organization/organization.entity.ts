import { Entity } from "electrodb";

/** Read by id with nearly every request, by slug from a public page, and listed by the jobs that visit every clinic. */
export const OrganizationEntity = new Entity({
  model: { entity: "organization", version: "1", service: "turno" },
  attributes: {
    organizationId: { type: "string", required: true, readOnly: true, label: "o", field: "org" },
    slug: { type: "string", required: true },
    name: { type: "string", required: true },
    address: { type: "string", required: true },
    phone: { type: "string" },
    timezone: { type: "string", required: true },
    currency: { type: "string", required: true },
    arrival: { type: "any", required: true },
    policy: { type: "any", required: true },
    messaging: { type: "any" },
    payments: { type: "any" },
  },
  indexes: {
    primary: { pk: { field: "pk", composite: ["organizationId"] }, sk: { field: "sk", composite: [] } },
    all: {
      index: "gsi1",
      scope: "clinics",
      pk: { field: "gsi1pk", composite: [] },
      sk: { field: "gsi1sk", composite: ["organizationId"] },
    },
  },
});

/** The claim of one clinic on a slug. */
export const SlugEntity = new Entity({
  model: { entity: "slug", version: "1", service: "turno" },
  attributes: {
    slug: { type: "string", required: true, label: "g" },
    organizationId: { type: "string", required: true, field: "org" },
  },
  indexes: { primary: { pk: { field: "pk", composite: ["slug"] }, sk: { field: "sk", composite: [] } } },
});

/** Whose number or address with a provider this is: what is written to it is for that clinic. */
export const SenderEntity = new Entity({
  model: { entity: "sender", version: "1", service: "turno" },
  attributes: {
    /** A digest of provider, channel and number. */
    senderKey: { type: "string", required: true, label: "k" },
    organizationId: { type: "string", required: true, field: "org" },
  },
  indexes: { primary: { pk: { field: "pk", composite: ["senderKey"] }, sk: { field: "sk", composite: [] } } },
});
