import { Entity } from "electrodb";

/** A contact that was told within a day that a person will read what they wrote; gone by TTL. */
export const ReassuredEntity = new Entity({
  model: { entity: "reassured", version: "1", service: "turno" },
  attributes: {
    contactId: { type: "string", required: true, label: "c" },
    messageId: { type: "string", required: true },
    ttl: { type: "number", required: true },
  },
  indexes: { primary: { pk: { field: "pk", composite: ["contactId"] }, sk: { field: "sk", composite: [] } } },
});

/** What a clinic offered last to a phone, under the digest of both; gone by TTL. */
export const ConversationEntity = new Entity({
  model: { entity: "talk", version: "1", service: "turno" },
  attributes: {
    contactId: { type: "string", required: true, label: "c" },
    messageId: { type: "string", required: true },
    offer: { type: "any", required: true },
    until: { type: "string", required: true },
    ttl: { type: "number", required: true },
  },
  indexes: { primary: { pk: { field: "pk", composite: ["contactId"] }, sk: { field: "sk", composite: [] } } },
});
