import { Entity } from "electrodb";

/** The figures of one day, of a calendar or of the whole clinic: all of a clinic's in one partition, by date. */
export const FiguresEntity = new Entity({
  model: { entity: "analytics", version: "1", service: "turno" },
  attributes: {
    organizationId: { type: "string", required: true, label: "o", field: "org" },
    date: { type: "string", required: true, label: "d" },
    /** The calendar, or `all`. */
    profileId: { type: "string", required: true, label: "p", field: "prf" },
    bookings: { type: "number", required: true },
    completed: { type: "number", required: true },
    cancelled: { type: "number", required: true },
    noShows: { type: "number", required: true },
    expired: { type: "number", required: true },
    openMinutes: { type: "number", required: true },
    bookedMinutes: { type: "number", required: true },
  },
  indexes: {
    primary: {
      pk: { field: "pk", composite: ["organizationId"] },
      sk: { field: "sk", composite: ["date", "profileId"] },
    },
  },
});
