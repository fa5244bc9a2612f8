import { Reservation } from "@turno/core/booking";
import { minutesBetween } from "@turno/core/platform";
import type { Desk } from "../desk.ts";
import { events } from "../events.ts";
import { visitOf } from "../message/index.ts";
import { sendReminder } from "./reminder.ts";

const id = "appointment-reminder";

/** Sends the reminder that staff ask for, at once: the one that fits the time that is left. */
export const appointmentReminder = (desk: Desk) =>
  desk.inngest.createFunction({ id, triggers: events["appointment/reminder"] }, async ({ event, step }) => {
    const { reservationId } = event.data;
    return step.run("remind", () => remind(desk, reservationId, `${id}:${event.id}`));
  });

async function remind(desk: Desk, reservationId: string, occasion: `${string}:${string}`) {
  const reservation = await Reservation.get(desk.context, reservationId);
  const minutesLeft = minutesBetween(desk.context.now(), reservation.start);
  if (reservation.status !== "confirmed" || minutesLeft <= 0) return { status: "ended" as const };
  const visit = await visitOf(desk.context, reservation);
  return sendReminder(desk, visit, { about: reservationId, hours: minutesLeft / 60, occasion });
}
