import { Appointment, Reservation } from "@turno/core/booking";
import { type Context, Outbox } from "@turno/core/platform";
import type { Desk } from "../desk.ts";
import { events } from "../events.ts";
import { Independent } from "../independent.ts";
import { preparationFor, sayToBoth, visitOf } from "../message/index.ts";

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
      const { newReservationId: about } = event.data;
      const { status } = await step.run("announce", () => announce(desk.context, about));
      if (status !== "confirmed") return { status };
      const messages = new Independent();
      await sayToBoth(step, desk, messages, {
        ...{ workflow: id, about },
        ...{ patient: "appointment_rescheduled", doctor: "appointment_rescheduled_doctor" },
      });
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
