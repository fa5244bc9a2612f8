import { Entity } from "electrodb";
import { ChannelName } from "../../platform/index.ts";
import { InboxReason } from "./message.ts";

/**
 * What somebody wrote to a clinic; gone by TTL.
 *
 * `open`: what a person has to read, by clinic and time; it leaves the index when it is closed.
 */
export const MessageEntity = new Entity({
  model: { entity: "message", version: "1", service: "turno" },
  attributes: {
    messageId: { type: "string", required: true, readOnly: true, label: "m" },
    organizationId: { type: "string", required: true, readOnly: true, label: "o", field: "org" },
    provider: { type: "string", required: true, readOnly: true },
    channel: { type: ChannelName.options, required: true, readOnly: true },
    from: { type: "string", required: true, readOnly: true },
    text: { type: "string", required: true, readOnly: true },
    attachment: { type: "string", readOnly: true },
    media: { type: "any", readOnly: true },
    patientIds: { type: "list", items: { type: "string" }, required: true, readOnly: true },
    quotes: { type: "string", readOnly: true },
    answers: { type: "any" },
    receivedAt: { type: "string", required: true, readOnly: true, label: "t" },
    status: { type: ["received", "open", "closed"] as const, required: true },
    reason: { type: InboxReason.options },
    /** What is done about it, by ids alone. */
    plan: { type: "any" },
    closedBy: { type: "string" },
    closedAt: { type: "string" },
    ttl: { type: "number", required: true },
  },
  indexes: {
    primary: { pk: { field: "pk", composite: ["messageId"] }, sk: { field: "sk", composite: [] } },
    open: {
      index: "gsi1",
      scope: "inbox",
      condition: ({ status }) => status === "open",
      pk: { field: "gsi1pk", composite: ["organizationId"] },
      sk: { field: "gsi1sk", composite: ["receivedAt", "messageId"] },
    },
  },
});
