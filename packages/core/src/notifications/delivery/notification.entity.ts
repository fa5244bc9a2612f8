import { Entity } from "electrodb";
import { ChannelName } from "../../platform/index.ts";
import { FailureReason } from "../channel/index.ts";
import { DeliveryStatus } from "./notification.ts";

/** The patient of a message that concerns none: ElectroDB asks for every part of an index, also of one it leaves out. */
export const NOBODY = "none";

/**
 * One message to one person. Holds neither what it says nor the address.
 *
 * It lies under the appointment that it is about, beside the booking. `log`: what a clinic sent, by UTC day, so that no
 * partition grows without end. `timeline`: what concerns a patient, between their bookings.
 */
export const NotificationEntity = new Entity({
  model: { entity: "notification", version: "1", service: "turno" },
  attributes: {
    /** The appointment, or what else the message is about. */
    under: { type: "string", required: true, readOnly: true, label: "a" },
    about: { type: "string", required: true, readOnly: true },
    notificationId: { type: "string", required: true, readOnly: true, label: "m" },
    organizationId: { type: "string", required: true, readOnly: true, label: "o", field: "org" },
    profileId: { type: "string", required: true, readOnly: true, field: "prf" },
    appointmentId: { type: "string", readOnly: true, field: "apt" },
    patientId: { type: "string", required: true, readOnly: true, label: "n", field: "pat" },
    template: { type: "string", required: true, readOnly: true },
    occasion: { type: "string", required: true, readOnly: true },
    recipient: { type: ["patient", "doctor"] as const, required: true, readOnly: true },
    language: { type: ["es", "en", "pt"] as const, required: true, readOnly: true, field: "lang" },
    channel: { type: ChannelName.options },
    provider: { type: "string" },
    /** The last four characters. */
    to: { type: "string" },
    date: { type: "string", required: true, readOnly: true, label: "d" },
    createdAt: { type: "string", required: true, readOnly: true, label: "t" },
    status: { type: DeliveryStatus.options, required: true },
    routes: { type: "list", items: { type: "string" }, required: true },
    tried: {
      type: "list",
      required: true,
      items: {
        type: "map",
        properties: {
          channel: { type: ChannelName.options, required: true },
          reason: { type: FailureReason.options, required: true },
        },
      },
    },
    failures: { type: "number", required: true },
    isOpen: { type: "boolean", required: true },
    /** When the attempt that is under way began; with the row when left out. */
    begunAt: { type: "string", field: "ba" },
    /** Rises with every change, so that of two at the same time one looks again. */
    version: { type: "number", required: true },
    sentAt: { type: "string" },
    deliveredAt: { type: "string" },
    providerMessageId: { type: "string" },
    failedAt: { type: "string" },
    reason: { type: FailureReason.options },
  },
  indexes: {
    primary: {
      pk: { field: "pk", composite: ["under"] },
      sk: { field: "sk", composite: ["notificationId"] },
    },
    log: {
      index: "gsi1",
      scope: "log",
      pk: { field: "gsi1pk", composite: ["organizationId", "date"] },
      sk: { field: "gsi1sk", composite: ["createdAt", "notificationId"] },
    },
    timeline: {
      index: "gsi2",
      collection: "timeline",
      type: "clustered",
      condition: ({ patientId }) => patientId !== NOBODY,
      pk: { field: "gsi2pk", composite: ["organizationId", "patientId"] },
      sk: { field: "gsi2sk", composite: ["createdAt"] },
    },
  },
});
