import { Entity } from "electrodb";

/** A call of a provider that has been heard: gone by TTL. */
export const HeardEntity = new Entity({
  model: { entity: "heard", version: "1", service: "turno" },
  attributes: {
    heardKey: { type: "string", required: true, label: "k" },
    ttl: { type: "number", required: true },
  },
  indexes: { primary: { pk: { field: "pk", composite: ["heardKey"] }, sk: { field: "sk", composite: [] } } },
});

/** A call of a provider that made no sense here, for somebody to look at: by provider and UTC day. */
export const ParkedEntity = new Entity({
  model: { entity: "parked", version: "1", service: "turno" },
  attributes: {
    provider: { type: "string", required: true, label: "p" },
    date: { type: "string", required: true, label: "d" },
    parkedKey: { type: "string", required: true, label: "k" },
    reason: { type: "string", required: true },
    /** Sealed. */
    body: { type: "string", required: true },
    /** Which of how many, where one row has no room for the call. */
    piece: { type: "string" },
    parkedAt: { type: "string", required: true },
    ttl: { type: "number", required: true },
  },
  indexes: {
    primary: {
      pk: { field: "pk", composite: ["provider", "date"] },
      sk: { field: "sk", composite: ["parkedKey"] },
    },
  },
});
