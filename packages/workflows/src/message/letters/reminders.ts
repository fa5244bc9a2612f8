import { Reservation } from "@turno/core/booking";
import { type Instant, minus } from "@turno/core/platform";
import type { Desk } from "../../desk.ts";
import { patientLink } from "../link.ts";
import { details, preparationFor, type Visit, visitOf } from "../visit.ts";
import { toPatient, type Writer } from "./letter.ts";

/** Of a visit, by the id of its reservation: with what helps so long before it. */
export const reminders = {
  appointment_reminder_72h: async (desk, reservationId, occasion) => {
    const visit = await ahead(desk, reservationId, occasion);
    return visit && toPatient(visit, "appointment_reminder_72h", variablesOf(desk, visit));
  },

  appointment_reminder_24h: async (desk, reservationId, occasion) => {
    const visit = await ahead(desk, reservationId, occasion);
    if (!visit) return undefined;
    const preparation = await preparationFor(desk.context, visit.appointment);
    return toPatient(visit, "appointment_reminder_24h", { ...variablesOf(desk, visit), preparation });
  },

  appointment_reminder_2h: async (desk, reservationId, occasion) => {
    const visit = await ahead(desk, reservationId, occasion);
    if (!visit) return undefined;
    const { doctorName, ...variables } = variablesOf(desk, visit);
    return toPatient(visit, "appointment_reminder_2h", { ...variables, ...visit.practice.arrival });
  },
} satisfies { readonly [Name in ReminderTemplate]: Writer<Name> };

type ReminderTemplate = "appointment_reminder_72h" | "appointment_reminder_24h" | "appointment_reminder_2h";

/** The visit, while it stands and there is something new to say of it. */
async function ahead({ context }: Desk, reservationId: string, occasion: string): Promise<Visit | undefined> {
  const reservation = await Reservation.get(context, reservationId);
  const hours = Number(OF_THE_POLICY.exec(occasion)?.[1] ?? 0);
  const isStanding = reservation.status === "confirmed" && context.now() < newsUntil(reservation, hours);
  return isStanding ? visitOf(context, reservation) : undefined;
}

/** A reminder of the policy says nothing new from the next one's time on; one that staff asked for until the start. */
function newsUntil({ start, policy }: Reservation.Reservation, hours: number): Instant {
  const next = Math.max(0, ...policy.reminderHours.filter((later) => later < hours));
  return minus(start, { hours: next });
}

/** The step in which a reminder of the policy is sent names its hours. */
const OF_THE_POLICY = /:remind-(\d+)h$/;

const variablesOf = (desk: Desk, visit: Visit) => ({
  ...details(visit),
  clinicAddress: visit.practice.clinicAddress,
  link: patientLink(desk, visit.appointment),
});
