import { Reservation } from "@turno/core/booking";
import { Organization, Profile } from "@turno/core/identity";
import { Template } from "@turno/core/notifications";
import {
  type Context,
  type Instant,
  type LocalDate,
  localDateOf,
  nextDate,
  startOfDay,
  type Zone,
} from "@turno/core/platform";
import type { GetStepTools } from "inngest";
import type { Client } from "../client.ts";
import type { Desk } from "../desk.ts";
import { events } from "../events.ts";
import type { Independent } from "../independent.ts";
import { say } from "../message/index.ts";

/** The name under which every reminder goes out, whichever run sends it: so that it goes out once. */
export const REMINDERS = "appointment-reminders";

/**
 * How many days after today a run waits for reminders; later ones are found by `reminder-scan`. With what is left of today
 * that is six days at most: the service's free plan ends a run that sleeps for more than seven.
 */
const DAYS_AHEAD = 5;

/** The end of what runs wait for that begin on this day of the clinic. */
export const waitedForUntil = (date: LocalDate, zone: Zone): Instant =>
  startOfDay(nextDate(date, DAYS_AHEAD + 1), zone);

/** The same, for a run that begins now. */
export async function waitedForNow(context: Context, organizationId: string): Promise<Instant> {
  const { timezone } = await Organization.get(context, organizationId);
  return waitedForUntil(localDateOf(context.now(), timezone), timezone);
}

/** Of two runs that would send reminders of one visit, one does a step at a time: the other finds it done. */
export const oneAtATime = { scope: "env", key: "event.data.reservationId", limit: 1 } as const;

/** A visit that is cancelled or moved needs no reminders any more. */
export const visitEnds = [
  {
    event: events["reservation/cancelled"],
    if: "async.data.reservationId == event.data.reservationId",
  },
  {
    event: events["appointment/rescheduled"],
    if: "async.data.oldReservationId == event.data.reservationId",
  },
];

/** What is to be said, and when. */
export interface Reminder {
  readonly hours: number;
  readonly template: Template.ReminderName;
  readonly at: Instant;
}

/** The reminders of a visit, with the words for each. */
export const remindersOf = (reservation: Reservation.Reservation): Reminder[] =>
  Reservation.remindersOf(reservation).map(({ hours, at }) => ({
    ...{ hours, at },
    template: Template.reminderTemplate(hours),
  }));

interface Work {
  readonly desk: Desk;
  readonly step: Pick<GetStepTools<Client>, "run" | "sleepUntil">;
  readonly messages: Independent;
}

/** Sends each reminder at its time and notes it on the visit; answers before which one the visit ended, if it did. */
export async function remindAll(
  { desk, step, messages }: Work,
  reservationId: string,
  reminders: readonly Reminder[],
): Promise<number | undefined> {
  for (const { hours, template, at } of reminders) {
    await step.sleepUntil(`until-${hours}h`, at);
    const reminder = { workflow: REMINDERS, template, about: reservationId };
    const said = await messages.outcomeOf(say(step, desk, `remind-${hours}h`, reminder));
    if (said?.status === "moot") {
      const { isConfirmed } = await step.run(`look-${hours}h`, () => look(desk.context, reservationId));
      if (!isConfirmed) return hours;
    }
    if (said?.status !== "sent" && said?.status !== "already-sent") continue;
    await step.run(`mark-${hours}h`, () => mark(desk.context, reservationId, hours, template));
  }
  return undefined;
}

async function look(context: Context, reservationId: string) {
  const { status } = await Reservation.get(context, reservationId);
  return { isConfirmed: status === "confirmed" };
}

/** The events by which other systems know a reminder. */
const told = {
  appointment_reminder_72h: undefined,
  appointment_reminder_24h: "appointment/reminder-24h",
  appointment_reminder_2h: "appointment/reminder-2h",
} as const;

async function mark(
  context: Context,
  reservationId: string,
  hours: number,
  template: Template.ReminderName,
): Promise<void> {
  const event = told[template];
  await Reservation.reminderSent(context, Profile.practice, {
    reservationId,
    hours,
    ...(event && { event }),
  });
}
