import { Entity } from "electrodb";

/**
 * That a patient was asked: under the appointment, one of each type.
 *
 * `asked`: what a phone was asked last, found by a digest of clinic and phone when somebody writes from it.
 */
export const FollowUpEntity = new Entity({
  model: { entity: "followup", version: "1", service: "turno" },
  attributes: {
    appointmentId: { type: "string", required: true, readOnly: true, label: "a", field: "apt" },
    type: { type: ["24h", "48h", "1week", "2weeks"] as const, required: true, readOnly: true, label: "y" },
    organizationId: { type: "string", required: true, readOnly: true, field: "org" },
    phoneKey: { type: "string", required: true, readOnly: true, label: "f" },
    questions: { type: "list", items: { type: "string" }, required: true, readOnly: true },
    askedAt: { type: "string", required: true, readOnly: true, label: "t", field: "made" },
  },
  indexes: {
    primary: { pk: { field: "pk", composite: ["appointmentId"] }, sk: { field: "sk", composite: ["type"] } },
    asked: {
      index: "gsi2",
      scope: "asked",
      pk: { field: "gsi2pk", composite: ["phoneKey"] },
      sk: { field: "gsi2sk", composite: ["askedAt"] },
    },
  },
});

/** One answer, under its follow-up: never changed. */
export const AnswerEntity = new Entity({
  model: { entity: "answer", version: "1", service: "turno" },
  attributes: {
    appointmentId: { type: "string", required: true, readOnly: true, label: "a", field: "apt" },
    type: { type: ["24h", "48h", "1week", "2weeks"] as const, required: true, readOnly: true, label: "y" },
    /** A digest of the message's id, which may be a provider's and name the phone. */
    answerKey: { type: "string", required: true, readOnly: true, label: "k" },
    text: { type: "string", required: true, readOnly: true },
    answeredAt: { type: "string", required: true, readOnly: true },
  },
  indexes: {
    primary: {
      pk: { field: "pk", composite: ["appointmentId"] },
      sk: { field: "sk", composite: ["type", "answerKey"] },
    },
  },
});
