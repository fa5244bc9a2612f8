import { Entity } from "electrodb";
import { packed, unpacked } from "./packing.ts";

/**
 * A fact that is still to be told. Its row is written in the transaction of the change itself and deleted when the
 * events have been sent. No index: the relay reads the stream, the sweep reads the shards.
 */
export const OutboxEntity = new Entity({
  model: { entity: "outbox", version: "1", service: "turno" },
  attributes: {
    shard: { type: "string", required: true, label: "h" },
    /** A ULID: its time tells the sweep how long the row has been waiting. */
    factId: { type: "string", required: true, label: "f" },
    /** The events that tell of this one fact. */
    events: { type: "list", items: { type: "string" }, required: true },
    org: { type: "string", required: true },
    /** The id of what changed. */
    about: { type: "string", required: true },
    by: { type: "string", required: true },
    at: { type: "string", required: true },
    /** When it was written, of a row that tells of something earlier. */
    since: { type: "string" },
    /** The union of the events' fields, in the clear. */
    data: { type: "any", required: true, set: packed, get: unpacked },
  },
  indexes: {
    primary: {
      pk: { field: "pk", composite: ["shard"] },
      sk: { field: "sk", composite: ["factId"] },
    },
  },
});
