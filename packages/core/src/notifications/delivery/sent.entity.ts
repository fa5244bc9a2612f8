import { Entity } from "electrodb";

/**
 * What a provider says of one of its messages, under a digest of its id for it: which notification that is, once this is
 * known, and what was reported, also before it is.
 */
export const SentEntity = new Entity({
  model: { entity: "sent", version: "1", service: "turno" },
  attributes: {
    sentId: { type: "string", required: true, readOnly: true, label: "s" },
    under: { type: "string" },
    notificationId: { type: "string" },
    channel: { type: "string" },
    deliveredAt: { type: "string" },
    failedAt: { type: "string" },
    reason: { type: ["refused", "wrong-number", "opted-out"] as const },
    /** Epoch seconds: nobody reports or answers as late. */
    ttl: { type: "number", required: true },
  },
  indexes: { primary: { pk: { field: "pk", composite: ["sentId"] }, sk: { field: "sk", composite: [] } } },
});
