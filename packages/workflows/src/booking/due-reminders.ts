import { Reservation } from "@turno/core/booking";
import type { Context } from "@turno/core/platform";
import type { Desk } from "../desk.ts";
import { events } from "../events.ts";
import { Independent } from "../independent.ts";
import { oneAtATime, remindAll, remindersOf, visitEnds } from "./remind.ts";

/** Sends the reminders of a visit that `reminder-scan` found to fall due within days. */
export const dueReminders = (desk: Desk) =>
  desk.inngest.createFunction(
    {
      id: "due-reminders",
      triggers: events["appointment/reminders-due"],
      concurrency: [{ limit: 10 }, oneAtATime],
      retries: 3,
      cancelOn: visitEnds,
    },
    async ({ event, step }) => {
      const { reservationId, hours } = event.data;
      const plan = await step.run("plan", () => planOf(desk.context, reservationId, hours));
      if (!plan.isConfirmed) return { ended: "before reminders" };
      const messages = new Independent();
      const endedBefore = await remindAll({ desk, step, messages }, reservationId, plan.reminders);
      if (endedBefore) return { ended: `before reminder ${endedBefore}h` };
      messages.end();
      return { reminders: plan.reminders.length };
    },
  );

async function planOf(context: Context, reservationId: string, asked: readonly number[]) {
  const reservation = await Reservation.get(context, reservationId);
  return {
    isConfirmed: reservation.status === "confirmed",
    reminders: remindersOf(reservation).filter(({ hours }) => asked.includes(hours)),
  };
}
