import { Entity } from "electrodb";

/** What a clinic's runs of one UTC day added up to. It outlives the runs. */
export const TallyEntity = new Entity({
  model: { entity: "tally", version: "1", service: "turno" },
  attributes: {
    owner: { type: "string", required: true, label: "o", field: "org" },
    day: { type: "string", required: true, label: "d" },
    completed: { type: "number", required: true },
    failed: { type: "number", required: true },
    cancelled: { type: "number", required: true },
    executionTime: { type: "number", required: true, field: "ms" },
    workflows: { type: "any", required: true, field: "wf" },
    errors: { type: "any", required: true, field: "err" },
  },
  indexes: {
    primary: { pk: { field: "pk", composite: ["owner"] }, sk: { field: "sk", composite: ["day"] } },
  },
});
