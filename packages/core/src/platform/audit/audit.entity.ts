import { Entity } from "electrodb";

/** Who did or read what, when. Append-only; ids alone, no people. */
export const AuditEntity = new Entity({
  model: { entity: "audit", version: "1", service: "turno" },
  attributes: {
    org: { type: "string", required: true, label: "o" },
    about: { type: "string", required: true, label: "a" },
    /** A ULID, or the fact that the entry tells of: a repeated write is the same row. */
    entryId: { type: "string", required: true, label: "e" },
    action: { type: "string", required: true },
    by: { type: "string", required: true },
    at: { type: "string", required: true },
  },
  indexes: {
    primary: {
      pk: { field: "pk", composite: ["org", "about"] },
      sk: { field: "sk", composite: ["entryId"] },
    },
  },
});
