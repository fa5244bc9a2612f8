import { Reservation } from "@turno/core/booking";
import { Template } from "@turno/core/notifications";
import { type Context, minutesBetween } from "@turno/core/platform";
import type { Desk } from "../desk.ts";
import { events } from "../events.ts";
import { say } from "../message/index.ts";

const id = "appointment-reminder";

/** Sends the reminder that staff ask for, at once: the one that fits the time that is left. */
export const appointmentReminder = (desk: Desk) =>
  desk.inngest.createFunction({ id, triggers: events["appointment/reminder"] }, async ({ event, step }) => {
    const { reservationId: about } = event.data;
    const { template } = await step.run("choose", () => choose(desk.context, about));
    return say(step, desk, "remind", { workflow: id, template, about, which: event.id });
  });

async function choose(context: Context, reservationId: string) {
  const { start } = await Reservation.get(context, reservationId);
  return { template: Template.reminderTemplate(minutesBetween(context.now(), start) / 60) };
}
