import { Reservation } from "@turno/core/booking";
import type { Context } from "@turno/core/platform";
import type { Desk } from "../desk.ts";
import { events } from "../events.ts";
import { Independent } from "../independent.ts";
import { say } from "../message/index.ts";
import { oneAtATime, REMINDERS, remindAll, remindersOf, visitEnds, waitedForNow } from "./remind.ts";

const id = REMINDERS;

/**
 * Confirms a new booking at once and reminds of the visit at the hours that held when it was booked, as far as they are
 * near: a visit weeks ahead is found again by `reminder-scan`.
 *
 * A moved visit is a reservation of its own, which begins here anew: without a confirmation, since the patient is told
 * of both times.
 */
export const appointmentReminders = (desk: Desk) =>
  desk.inngest.createFunction(
    {
      id,
      triggers: [events["reservation/created"], events["appointment/created"]],
      idempotency: "event.data.reservationId",
      concurrency: [{ limit: 10 }, oneAtATime],
      retries: 3,
      cancelOn: visitEnds,
    },
    async ({ event, step }) => {
      const { reservationId } = event.data;
      const plan = await step.run("plan", () => planOf(desk.context, reservationId));
      if (!plan.isConfirmed) return { ended: "before confirmation" };
      const messages = new Independent();
      if (!plan.isMoved) {
        const confirmation = {
          workflow: id,
          template: "appointment_confirmed",
          about: reservationId,
        } as const;
        await messages.outcomeOf(say(step, desk, "confirm", confirmation));
      }
      const endedBefore = await remindAll({ desk, step, messages }, reservationId, plan.reminders);
      if (endedBefore) return { ended: `before reminder ${endedBefore}h` };
      messages.end();
      return { reminders: plan.reminders.length };
    },
  );

/** What this run is to send, and when. A reminder whose time had passed when the visit was booked is left out. */
async function planOf(context: Context, reservationId: string) {
  const reservation = await Reservation.get(context, reservationId);
  const { status, movedFrom, organizationId } = reservation;
  const until = await waitedForNow(context, organizationId);
  return {
    isConfirmed: status === "confirmed",
    isMoved: movedFrom !== undefined,
    reminders: remindersOf(reservation).filter(({ at }) => at < until),
  };
}
