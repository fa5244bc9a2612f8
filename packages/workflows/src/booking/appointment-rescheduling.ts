import { Appointment, Reservation } from "@turno/core/booking";
import { type Context, Outbox } from "@turno/core/platform";
import type { Desk } from "../desk.ts";
import { events } from "../events.ts";
import { Independent } from "../independent.ts";
import {
  details,
  detailsForDoctor,
  patientLink,
  preparationFor,
  tellDoctor,
  tellPatient,
  visitOf,
} from "../message/index.ts";

const id = "appointment-rescheduling";

/**
 * Tells both sides the old and the new time, and lets the reminders of the new one begin.
 *
 * The moved visit is a reservation of its own, so it is announced as one: whoever listens to bookings hears of it under
 * its own id. First of all, since a message that cannot be sent must not cost the patient their reminders.
 */
export const appointmentRescheduling = (desk: Desk) =>
  desk.inngest.createFunction(
    { id, triggers: events["appointment/rescheduled"], concurrency: 3, retries: 2 },
    async ({ event, step }) => {
      const { oldReservationId, newReservationId } = event.data;
      const { status } = await step.run("announce", () => announce(desk.context, newReservationId));
      if (status !== "confirmed") return { status };
      const messages = new Independent();
      await messages.outcomeOf(
        step.run("tell-patient", () => tellBothTimes(desk, oldReservationId, newReservationId)),
      );
      await messages.outcomeOf(
        step.run("tell-doctor", () => informDoctor(desk, oldReservationId, newReservationId)),
      );
      messages.end();
      return { status };
    },
  );

async function announce(context: Context, reservationId: string) {
  const reservation = await Reservation.get(context, reservationId);
  const { status, organizationId, createdAt } = reservation;
  // Moved again or cancelled meanwhile: what came after tells of itself.
  if (status !== "confirmed") return { status };
  const { practice } = await visitOf(context, reservation);
  await Outbox.announce(context, {
    organizationId,
    about: reservationId,
    event: "appointment/created",
    step: `${id}:announce`,
    at: createdAt,
    data: {
      ...Appointment.bookedFields(practice, reservation),
      preparationInstructions: await preparationFor(context, reservation),
    },
  });
  return { status };
}

async function move(context: Context, oldReservationId: string, newReservationId: string) {
  const old = await Reservation.get(context, oldReservationId);
  const visit = await visitOf(context, await Reservation.get(context, newReservationId));
  return { old, visit };
}

async function tellBothTimes(desk: Desk, oldReservationId: string, newReservationId: string) {
  const { old, visit } = await move(desk.context, oldReservationId, newReservationId);
  const { appointmentTime, ...variables } = details(visit);
  return tellPatient(desk, visit, {
    occasion: `${id}:tell-patient`,
    about: newReservationId,
    template: "appointment_rescheduled",
    variables: {
      ...variables,
      oldAppointmentTime: old.start,
      newAppointmentTime: appointmentTime,
      ...(old.reason && { reason: old.reason }),
      clinicAddress: visit.practice.clinicAddress,
      link: patientLink(desk, visit.appointment),
    },
  });
}

async function informDoctor(desk: Desk, oldReservationId: string, newReservationId: string) {
  const { old, visit } = await move(desk.context, oldReservationId, newReservationId);
  const { appointmentTime, ...variables } = detailsForDoctor(visit);
  return tellDoctor(desk, visit, {
    occasion: `${id}:tell-doctor`,
    about: newReservationId,
    template: "appointment_rescheduled_doctor",
    variables: {
      ...variables,
      oldAppointmentTime: old.start,
      newAppointmentTime: appointmentTime,
      ...(old.reason && { reason: old.reason }),
    },
  });
}
