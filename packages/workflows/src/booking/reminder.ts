import { type Delivery, Template } from "@turno/core/notifications";
import type { Desk } from "../desk.ts";
import { details, patientLink, preparationFor, tellPatient, type Visit } from "../message/index.ts";

interface Reminder {
  /** The id of the reservation. */
  readonly about: string;
  readonly occasion: `${string}:${string}`;
  /** Before the start. */
  readonly hours: number;
}

/** Reminds the patient of a visit: with what helps so many hours before it. */
export async function sendReminder(
  desk: Desk,
  visit: Visit,
  { about, occasion, hours }: Reminder,
): Promise<Delivery.Outcome> {
  const { appointment, practice } = visit;
  const { clinicAddress, arrival } = practice;
  const { doctorName, ...variables } = {
    ...details(visit),
    clinicAddress,
    link: patientLink(desk, appointment),
  };
  const template = Template.reminderTemplate(hours);
  switch (template) {
    case "appointment_reminder_72h":
      return tellPatient(desk, visit, {
        ...{ about, occasion, template },
        variables: { ...variables, doctorName },
      });
    case "appointment_reminder_24h": {
      const preparation = await preparationFor(desk.context, appointment);
      return tellPatient(desk, visit, {
        ...{ about, occasion, template },
        variables: { ...variables, doctorName, preparation },
      });
    }
    case "appointment_reminder_2h":
      return tellPatient(desk, visit, {
        ...{ about, occasion, template },
        variables: { ...variables, ...arrival },
      });
  }
}
