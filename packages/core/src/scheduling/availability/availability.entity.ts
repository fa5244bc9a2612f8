import { Entity } from "electrodb";

const owner = {
  profileId: { type: "string", required: true, readOnly: true, label: "p", field: "prf" },
  organizationId: { type: "string", required: true, readOnly: true, field: "org" },
  mark: { type: "string" },
} as const;

/** Under its profile: a calendar's rules are one query; `byId` for addresses that name one alone. */
export const RuleEntity = new Entity({
  model: { entity: "rule", version: "1", service: "turno" },
  attributes: {
    ...owner,
    ruleId: { type: "string", required: true, readOnly: true, label: "r" },
    dayOfWeek: { type: "number", required: true },
    startTime: { type: "string", required: true },
    endTime: { type: "string", required: true },
    slotDuration: { type: "number" },
    bufferTime: { type: "number" },
    maxAppointmentsPerSlot: { type: "number" },
    effectiveFrom: { type: "string" },
    effectiveUntil: { type: "string" },
    serviceIds: { type: "list", items: { type: "string" } },
    version: { type: "number", required: true },
  },
  indexes: {
    primary: { pk: { field: "pk", composite: ["profileId"] }, sk: { field: "sk", composite: ["ruleId"] } },
    byId: {
      index: "gsi1",
      scope: "id",
      pk: { field: "gsi1pk", composite: ["ruleId"] },
      sk: { field: "gsi1sk", composite: [] },
    },
  },
});

/** Under its profile, by date. */
export const ExceptionEntity = new Entity({
  model: { entity: "exception", version: "1", service: "turno" },
  attributes: {
    ...owner,
    date: { type: "string", required: true, readOnly: true, label: "d" },
    exceptionId: { type: "string", required: true, readOnly: true, label: "x" },
    windows: {
      type: "list",
      required: true,
      items: {
        type: "map",
        properties: {
          startTime: { type: "string", required: true },
          endTime: { type: "string", required: true },
        },
      },
    },
    reason: { type: "string" },
  },
  indexes: {
    primary: {
      pk: { field: "pk", composite: ["profileId"] },
      sk: { field: "sk", composite: ["date", "exceptionId"] },
    },
  },
});
