import { Entity } from "electrodb";

/**
 * Under its calendar, by start: a day is one range query. No index and short names, since there are many slots.
 *
 * `status` is not stored: it follows from `taken`, `holds`, `blocked` and the time. `holds` has an element
 * `<owner>|<expiresAt>` for each seat that waits for a decision.
 */
export const SlotEntity = new Entity({
  model: { entity: "slot", version: "1", service: "turno" },
  attributes: {
    profileId: { type: "string", required: true, readOnly: true, label: "p", field: "prf" },
    start: { type: "string", required: true, readOnly: true, label: "s" },
    serviceId: { type: "string", required: true, readOnly: true, label: "v", field: "svc" },
    organizationId: { type: "string", required: true, readOnly: true, field: "org" },
    end: { type: "string", required: true },
    capacity: { type: "number", required: true, field: "max" },
    taken: { type: "number", required: true },
    holds: { type: "set", items: "string" },
    blocked: { type: "boolean" },
    /** No hours call for it any more: nobody new is let in, and it stays for those who sit in it. */
    retired: { type: "boolean" },
    /** What a group occupies, with its buffers: set with the first seat, and the same for all who join. */
    span: { type: "string" },
    /** Epoch seconds, long after the slot has passed. */
    ttl: { type: "number", required: true },
  },
  indexes: {
    primary: {
      pk: { field: "pk", composite: ["profileId"] },
      sk: { field: "sk", composite: ["start", "serviceId"] },
    },
  },
});
