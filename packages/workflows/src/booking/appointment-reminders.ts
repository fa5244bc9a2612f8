import { Reservation } from "@turno/core/booking";
import { Template } from "@turno/core/notifications";
import { type Context, type Instant, minus } from "@turno/core/platform";
import type { Desk } from "../desk.ts";
import { events } from "../events.ts";
import { Independent } from "../independent.ts";
import { say } from "../message/index.ts";

const id = "appointment-reminders";

/**
 * Confirms a new booking at once and reminds of the visit at the hours that held when it was booked.
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
      concurrency: 10,
      retries: 3,
      cancelOn: [
        {
          event: events["reservation/cancelled"],
          if: "async.data.reservationId == event.data.reservationId",
        },
        {
          event: events["appointment/rescheduled"],
          if: "async.data.oldReservationId == event.data.reservationId",
        },
      ],
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
      for (const { hours, template, at } of plan.reminders) {
        await step.sleepUntil(`until-${hours}h`, at);
        const reminder = { workflow: id, template, about: reservationId };
        const said = await messages.outcomeOf(say(step, desk, `remind-${hours}h`, reminder));
        if (said?.status === "moot") {
          const { isConfirmed } = await step.run(`look-${hours}h`, () => look(desk.context, reservationId));
          if (!isConfirmed) return { ended: `before reminder ${hours}h` };
        }
        if (said?.status !== "sent" && said?.status !== "already-sent") continue;
        await step.run(`mark-${hours}h`, () => Reservation.markReminded(desk.context, reservationId, hours));
      }
      messages.end();
      return { reminders: plan.reminders.length };
    },
  );

interface Reminder {
  readonly hours: number;
  readonly template: Template.ReminderName;
  readonly at: Instant;
}

/** What is to be sent when. A reminder whose time had passed when the visit was booked is left out. */
async function planOf(context: Context, reservationId: string) {
  const { status, start, createdAt, policy, movedFrom } = await Reservation.get(context, reservationId);
  const reminders: Reminder[] = [...new Set(policy.reminderHours)]
    .sort((a, b) => b - a)
    .map((hours) => ({ hours, template: Template.reminderTemplate(hours), at: minus(start, { hours }) }))
    .filter(({ at }) => at > createdAt);
  return { isConfirmed: status === "confirmed", isMoved: movedFrom !== undefined, reminders };
}

async function look(context: Context, reservationId: string) {
  const { status } = await Reservation.get(context, reservationId);
  return { isConfirmed: status === "confirmed" };
}
