import type { Delivery, Template } from "@turno/core/notifications";
import type { Desk } from "../../desk.ts";
import type { Visit } from "../visit.ts";

/**
 * Writes the message of one template about one thing, with everything loaded by id, as the world is now.
 *
 * `undefined` when the world has moved on and there is nothing to say any more.
 */
export type Writer<Name extends Template.TemplateName> = (
  desk: Desk,
  about: string,
  occasion: string,
) => Promise<Delivery.Letter<Name> | undefined>;

/** To the patient, in the language they booked in, with the times of the place they come to. */
export function toPatient<Name extends Template.TemplateName>(
  { appointment, practice, clinicZone }: Visit,
  template: Name,
  variables: Template.VariablesOf<Name>,
): Delivery.Letter<Name> {
  const { organizationId, profileId, appointmentId, patientId, language } = appointment;
  return {
    ...{ organizationId, profileId, appointmentId, patientId, template, variables, language },
    recipient: "patient",
    zone: practice.timezone,
    nameZone: practice.timezone !== clinicZone,
    addresses: { phone: appointment.patientPhone, email: appointment.patientEmail },
  };
}

/** To the practitioner, in their language, with their own times. */
export function toDoctor<Name extends Template.TemplateName>(
  { appointment, practice }: Visit,
  template: Name,
  variables: Template.VariablesOf<Name>,
): Delivery.Letter<Name> {
  const { organizationId, profileId, appointmentId, patientId } = appointment;
  return {
    ...{ organizationId, profileId, appointmentId, patientId, template, variables },
    recipient: "doctor",
    language: practice.doctorLanguage,
    zone: practice.timezone,
    addresses: { phone: practice.doctorPhone },
  };
}
