import { Entity } from "electrodb";

/** That a calendar's slots of one date have been made, whether or not there were any to make. */
export const GeneratedDayEntity = new Entity({
  model: { entity: "generatedday", version: "1", service: "turno" },
  attributes: {
    profileId: { type: "string", required: true, label: "p", field: "prf" },
    date: { type: "string", required: true, label: "d" },
    /** Epoch seconds, when the date has passed. */
    ttl: { type: "number", required: true },
  },
  indexes: {
    primary: { pk: { field: "pk", composite: ["profileId"] }, sk: { field: "sk", composite: ["date"] } },
  },
});
