import { Delivery, type Template } from "@turno/core/notifications";
import type { Desk } from "../desk.ts";
import type { Visit } from "./visit.ts";

interface Message<Name extends Template.TemplateName> {
  /** The workflow and its step: with `about`, what makes a repeated message the same one. */
  readonly occasion: `${string}:${string}`;
  /** The id of the request or reservation. */
  readonly about: string;
  readonly template: Name;
  readonly variables: Template.VariablesOf<Name>;
}

/** Tells the patient, in the language they booked in, with the times of the place they come to. */
export function tellPatient<Name extends Template.TemplateName>(
  { context, channel }: Desk,
  { appointment, practice, clinicZone }: Visit,
  message: Message<Name>,
): Promise<Delivery.Outcome> {
  const { organizationId, profileId, appointmentId, patientId, language, patientPhone } = appointment;
  return Delivery.send(context, channel, {
    ...{ organizationId, profileId, appointmentId, patientId },
    recipient: "patient",
    language,
    zone: practice.timezone,
    nameZone: practice.timezone !== clinicZone,
    to: patientPhone,
    channelName: "whatsapp",
    ...message,
  });
}

/** Tells the practitioner, in their language, with their own times. */
export function tellDoctor<Name extends Template.TemplateName>(
  { context, channel }: Desk,
  { appointment, practice }: Visit,
  message: Message<Name>,
): Promise<Delivery.Outcome> {
  const { organizationId, profileId, appointmentId, patientId } = appointment;
  return Delivery.send(context, channel, {
    ...{ organizationId, profileId, appointmentId, patientId },
    recipient: "doctor",
    language: practice.doctorLanguage,
    zone: practice.timezone,
    to: practice.doctorPhone,
    channelName: "whatsapp",
    ...message,
  });
}
