import { Entity } from "electrodb";

/** Under its profile, so that all of a calendar's services are one query; `byId` for addresses that name it alone. */
export const ServiceEntity = new Entity({
  model: { entity: "service", version: "1", service: "turno" },
  attributes: {
    profileId: { type: "string", required: true, readOnly: true, label: "p", field: "prf" },
    serviceId: { type: "string", required: true, readOnly: true, label: "v", field: "svc" },
    organizationId: { type: "string", required: true, readOnly: true, field: "org" },
    name: { type: "string", required: true },
    description: { type: "string" },
    category: { type: "string", required: true },
    duration: { type: "number", required: true },
    price: { type: "number", required: true },
    currency: { type: "string", required: true },
    requirements: { type: "string" },
    followUpQuestions: { type: "list", items: { type: "string" } },
    bufferBefore: { type: "number", required: true },
    bufferAfter: { type: "number", required: true },
    approval: { type: ["required", "instant"] as const, required: true },
    capacity: { type: "number", required: true },
    active: { type: "boolean", required: true },
    version: { type: "number", required: true },
    mark: { type: "string" },
  },
  indexes: {
    primary: {
      pk: { field: "pk", composite: ["profileId"] },
      sk: { field: "sk", composite: ["serviceId"] },
    },
    byId: {
      index: "gsi1",
      scope: "id",
      pk: { field: "gsi1pk", composite: ["serviceId"] },
      sk: { field: "gsi1sk", composite: [] },
    },
  },
});
