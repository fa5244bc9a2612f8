import { Entity } from "electrodb";
import { clinicalColumns } from "../appointment/columns.ts";

/**
 * Beside the request or reservation that it becomes, under the appointment that they share.
 *
 * `line`: who waits with a doctor for a service, in the order in which they are asked. `due`: whose offer or whole wish
 * ends next, over all clinics. Both lose whoever waits no longer, and are read with the rows behind them.
 */
export const EntryEntity = new Entity({
  model: { entity: "waiting", version: "1", service: "turno" },
  attributes: {
    appointmentId: { type: "string", required: true, readOnly: true, label: "a", field: "apt" },
    organizationId: { type: "string", required: true, readOnly: true, field: "org" },
    profileId: { type: "string", required: true, readOnly: true, label: "p", field: "prf" },
    patientId: { type: "string", required: true, readOnly: true, field: "pat" },
    patientName: { type: "string", required: true, field: "pn" },
    patientPhone: { type: "string", required: true, field: "tel" },
    patientEmail: { type: "string", field: "em" },
    language: { type: ["es", "en", "pt"] as const, required: true, field: "lg" },
    serviceId: { type: "string", required: true, readOnly: true, label: "v", field: "svc" },
    serviceName: { type: "string", required: true, field: "sn" },
    urgencyLevel: { type: ["low", "normal", "high", "urgent"] as const, required: true, field: "urgency" },
    source: { type: ["whatsapp", "web", "phone"] as const, required: true, field: "src" },
    ...clinicalColumns,
    from: { type: "string", required: true },
    to: { type: "string", required: true },
    weekdays: { type: "list", items: { type: "number" } },
    times: { type: "any" },
    until: { type: "string", required: true, readOnly: true },
    joinedAt: { type: "string", required: true, readOnly: true, label: "j", field: "made" },
    vouched: { type: "boolean" },
    status: { type: ["waiting", "offered", "booked", "left", "lapsed"] as const, required: true },
    offer: {
      type: "map",
      properties: {
        start: { type: "string", required: true },
        end: { type: "string", required: true },
        bufferBefore: { type: "number", required: true },
        bufferAfter: { type: "number", required: true },
        group: { type: "boolean", required: true },
        serviceName: { type: "string", required: true },
        price: { type: "number", required: true },
        currency: { type: "string", required: true },
        expiresAt: { type: "string", required: true },
        round: { type: "string", required: true },
      },
    },
    seen: { type: "set", items: "string" },
    mark: { type: "string" },
    offerMark: { type: "string" },
    priority: { type: "string", required: true, readOnly: true, label: "u" },
    /** When something ends by itself: the offer, or without one the wish. */
    dueAt: { type: "string", required: true, label: "x" },
    shard: { type: "string", required: true, readOnly: true, label: "h" },
  },
  indexes: {
    primary: { pk: { field: "pk", composite: ["appointmentId"] }, sk: { field: "sk", composite: [] } },
    line: {
      index: "gsi1",
      scope: "waiting",
      condition: ({ status }) => status === "waiting" || status === "offered",
      pk: { field: "gsi1pk", composite: ["profileId"] },
      sk: { field: "gsi1sk", composite: ["serviceId", "priority", "joinedAt"] },
    },
    due: {
      index: "gsi3",
      scope: "waiting",
      projection: "keys_only",
      condition: ({ status }) => status === "waiting" || status === "offered",
      pk: { field: "gsi3pk", composite: ["shard"] },
      sk: { field: "gsi3sk", composite: ["dueAt"] },
    },
  },
});

/** One person's place on the list of a doctor and a service, while they wait: there is one. */
export const PlaceEntity = new Entity({
  model: { entity: "place", version: "1", service: "turno" },
  attributes: {
    profileId: { type: "string", required: true, label: "p", field: "prf" },
    serviceId: { type: "string", required: true, label: "v", field: "svc" },
    patientId: { type: "string", required: true, label: "n", field: "pat" },
    appointmentId: { type: "string", required: true, field: "apt" },
  },
  indexes: {
    primary: {
      pk: { field: "pk", composite: ["profileId", "serviceId", "patientId"] },
      sk: { field: "sk", composite: [] },
    },
  },
});
