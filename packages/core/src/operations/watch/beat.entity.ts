import { Entity } from "electrodb";

/** That the health check has run, and which schedules it found to be served then: one row for a stage. */
export const BeatEntity = new Entity({
  model: { entity: "beat", version: "1", service: "turno" },
  attributes: {
    job: { type: "string", required: true, label: "j" },
    at: { type: "string", required: true },
    /** With when a run of each was last known to have completed. */
    schedules: { type: "any", required: true, field: "sch" },
  },
  indexes: {
    primary: { pk: { field: "pk", composite: ["job"] }, sk: { field: "sk", composite: [] } },
  },
});
