import { Entity } from "electrodb";

/** The last day on which a job visited a clinic. All clinics of a job in one partition: a tick reads them at once. */
export const DailyEntity = new Entity({
  model: { entity: "daily", version: "1", service: "turno" },
  attributes: {
    job: { type: "string", required: true, label: "j" },
    organizationId: { type: "string", required: true, label: "o", field: "org" },
    /** The clinic's calendar day. */
    date: { type: "string", required: true },
    /** Nothing is to be done before. */
    nextAt: { type: "string", required: true },
  },
  indexes: {
    primary: {
      pk: { field: "pk", composite: ["job"] },
      sk: { field: "sk", composite: ["organizationId"] },
    },
  },
});
