import { Reservation } from "@turno/core/booking";
import { type Context, type Instant, minus } from "@turno/core/platform";
import type { Desk } from "../desk.ts";
import { events } from "../events.ts";
import { Independent } from "../independent.ts";
import { details, patientLink, preparationFor, tellPatient, visitOf } from "../message/index.ts";
import { sendReminder } from "./reminder.ts";

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
        await messages.outcomeOf(step.run("confirm", () => confirm(desk, reservationId)));
      }
      for (const { hours, at, before } of plan.reminders) {
        await step.sleepUntil(`until-${hours}h`, at);
        const sent = await messages.outcomeOf(
          step.run(`remind-${hours}h`, () => remind(desk, reservationId, hours, before)),
        );
        if (sent?.outcome === "ended") return { ended: `before reminder ${hours}h` };
        if (sent?.outcome !== "sent" && sent?.outcome !== "already-sent") continue;
        await step.run(`mark-${hours}h`, () => Reservation.markReminded(desk.context, reservationId, hours));
      }
      messages.end();
      return { reminders: plan.reminders.length };
    },
  );

interface Reminder {
  readonly hours: number;
  readonly at: Instant;
  /** From when on it would say nothing new: the next reminder's time, or the visit. */
  readonly before: Instant;
}

/** What is to be sent when. A reminder whose time had passed when the visit was booked is left out. */
async function planOf(context: Context, reservationId: string) {
  const { status, start, createdAt, policy, movedFrom } = await Reservation.get(context, reservationId);
  const times = [...new Set(policy.reminderHours)]
    .sort((a, b) => b - a)
    .map((hours) => ({ hours, at: minus(start, { hours }) }))
    .filter(({ at }) => at > createdAt);
  const reminders: Reminder[] = times.map((time, index) => ({
    ...time,
    before: times[index + 1]?.at ?? start,
  }));
  return { isConfirmed: status === "confirmed", isMoved: movedFrom !== undefined, reminders };
}

async function confirm(desk: Desk, reservationId: string) {
  const { context } = desk;
  const reservation = await Reservation.get(context, reservationId);
  if (reservation.status !== "confirmed") return { outcome: "ended" as const };
  const visit = await visitOf(context, reservation);
  const { notificationId, status } = await tellPatient(desk, visit, {
    occasion: `${id}:confirm`,
    about: reservationId,
    template: "appointment_confirmed",
    variables: {
      ...details(visit),
      clinicAddress: visit.practice.clinicAddress,
      preparation: await preparationFor(context, reservation),
      link: patientLink(desk, reservation),
    },
  });
  return { notificationId, outcome: status };
}

async function remind(desk: Desk, reservationId: string, hours: number, before: Instant) {
  const { context } = desk;
  const reservation = await Reservation.get(context, reservationId);
  if (reservation.status !== "confirmed") return { outcome: "ended" as const };
  if (context.now() >= before) return { outcome: "too-late" as const };
  const visit = await visitOf(context, reservation);
  const { notificationId, status } = await sendReminder(desk, visit, {
    about: reservationId,
    occasion: `${id}:remind-${hours}h`,
    hours,
  });
  return { notificationId, outcome: status };
}
