import { Entity } from "electrodb";

/** How often something happened on one day. Never written with a booking: one row would put a clinic in a queue. */
export const CounterEntity = new Entity({
  model: { entity: "counter", version: "1", service: "turno" },
  attributes: {
    org: { type: "string", required: true, label: "o" },
    metric: { type: "string", required: true, label: "m" },
    date: { type: "string", required: true, label: "d" },
    count: { type: "number", required: true },
  },
  indexes: {
    primary: {
      pk: { field: "pk", composite: ["org", "metric"] },
      sk: { field: "sk", composite: ["date"] },
    },
  },
});

/** That one occurrence has been counted. */
export const CountedEntity = new Entity({
  model: { entity: "counted", version: "1", service: "turno" },
  attributes: {
    metric: { type: "string", required: true, label: "m" },
    occurrence: { type: "string", required: true, label: "e" },
    /** Epoch seconds, long after the last repetition. */
    ttl: { type: "number", required: true },
  },
  indexes: {
    primary: { pk: { field: "pk", composite: ["metric", "occurrence"] }, sk: { field: "sk", composite: [] } },
  },
});
