import { Entity } from "electrodb";

/** Under its appointment, in the order they were written. */
export const NoteEntity = new Entity({
  model: { entity: "note", version: "1", service: "turno" },
  attributes: {
    appointmentId: { type: "string", required: true, readOnly: true, label: "a", field: "apt" },
    createdAt: { type: "string", required: true, readOnly: true, label: "t" },
    noteId: { type: "string", required: true, readOnly: true, label: "n" },
    organizationId: { type: "string", required: true, readOnly: true, field: "org" },
    author: { type: "string", required: true, readOnly: true },
    type: {
      type: ["clinical", "follow_up", "correction", "administrative"] as const,
      required: true,
      readOnly: true,
    },
    text: { type: "string", required: true, readOnly: true },
    mark: { type: "string" },
  },
  indexes: {
    primary: {
      pk: { field: "pk", composite: ["appointmentId"] },
      sk: { field: "sk", composite: ["noteId"] },
    },
  },
});
