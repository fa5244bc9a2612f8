import { Entity } from "electrodb";
import { appointmentColumns, clinicalColumns } from "../appointment/columns.ts";

/**
 * Alone under its appointment with the reservation, notes and deliveries.
 *
 * `byStatus`: a calendar's inbox, by expiry while pending and by decision after. `timeline`: a patient's bookings.
 * `due`: what waits for a decision, over all clinics, by expiry; it leaves the index when decided.
 */
export const RequestEntity = new Entity({
  model: { entity: "request", version: "1", service: "turno" },
  attributes: {
    ...appointmentColumns,
    /** The status; a name of its own, since the patient's timeline copies a reservation's `status` and not this. */
    stage: {
      type: ["pending", "approved", "rejected", "expired", "cancelled"] as const,
      required: true,
      label: "st",
    },
    /** Set when it ends without a reservation. */
    outcome: { type: "string" },
    ...clinicalColumns,
    expiresAt: { type: "string", required: true, readOnly: true, label: "x", field: "exp" },
    /** Its place in its list: `expiresAt` while pending, then when it was decided. */
    listedAt: { type: "string", required: true, label: "l", field: "la" },
    reason: { type: "string" },
    decisionMark: { type: "string", field: "dm" },
    shard: { type: "string", required: true, readOnly: true, label: "h" },
  },
  indexes: {
    primary: { pk: { field: "pk", composite: ["appointmentId"] }, sk: { field: "sk", composite: [] } },
    byStatus: {
      index: "gsi1",
      scope: "requests",
      pk: { field: "gsi1pk", composite: ["profileId", "stage"] },
      sk: { field: "gsi1sk", composite: ["listedAt"] },
    },
    timeline: {
      index: "gsi2",
      collection: "timeline",
      type: "clustered",
      pk: { field: "gsi2pk", composite: ["organizationId", "patientId"] },
      sk: { field: "gsi2sk", composite: ["createdAt"] },
    },
    due: {
      index: "gsi3",
      scope: "due",
      projection: "keys_only",
      condition: ({ stage }) => stage === "pending",
      pk: { field: "gsi3pk", composite: ["shard"] },
      sk: { field: "gsi3sk", composite: ["expiresAt"] },
    },
  },
});
