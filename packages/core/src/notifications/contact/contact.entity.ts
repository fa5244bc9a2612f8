import { Entity } from "electrodb";

/** A phone and a clinic, under a digest of both: the row tells no phone. */
export const ContactEntity = new Entity({
  model: { entity: "contact", version: "1", service: "turno" },
  attributes: {
    contactId: { type: "string", required: true, readOnly: true, label: "c" },
    organizationId: { type: "string", required: true, field: "org" },
    wroteAt: { type: "string" },
    isStopped: { type: "boolean" },
    /** When its holder last said STOP or START. */
    saidAt: { type: "string" },
  },
  indexes: { primary: { pk: { field: "pk", composite: ["contactId"] }, sk: { field: "sk", composite: [] } } },
});
