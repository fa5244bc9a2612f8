import { Request } from "@turno/core/booking";
import { Organization, Profile } from "@turno/core/identity";
import { Watch } from "@turno/core/operations";
import { type Context, Outbox } from "@turno/core/platform";
import { cron, NonRetriableError } from "inngest";
import type { Desk } from "../desk.ts";
import { events } from "../events.ts";
import { publishTo } from "../publish.ts";
import { daysOf, inRequests, requestsFor } from "../scheduling/fan-out.ts";

const id = Watch.WATCH;

/**
 * Compares what should have been done with what was, measures the difference, and makes up for it with what would have
 * done it in the first place: every five minutes whether schedules tick; each quarter of an hour facts that nobody told, and
 * at every clinic the reminders that cannot wait longer; each hour the rest of what a clinic needs. Facts that wait and
 * requests that are overdue are found by the sweep as well, each minute.
 *
 * One step looks at everything, since a step is what the service counts. What it cannot look at keeps nothing of the
 * rest, and fails the run at its end.
 */
export const workflowHealthCheck = (desk: Desk, schedules: readonly Watch.Schedule[]) =>
  desk.inngest.createFunction(
    { id, triggers: cron("*/5 * * * *"), concurrency: 1 },
    async ({ event, step }) => {
      const { days, reminders, hour, unseen, ...done } = await step.run("look", () =>
        look(desk, schedules, new Date(event.ts ?? 0).getUTCMinutes()),
      );
      for (const [index, group] of requestsFor(days, `health-${hour}`).entries()) {
        await step.sendEvent(`generate-${index}`, group);
      }
      for (const [index, group] of inRequests(reminders.map((one) => dueAgain(one, hour))).entries()) {
        await step.sendEvent(`remind-${index}`, group);
      }
      if (unseen.length > 0) throw new NonRetriableError(`could not look at ${unseen.join(", ")}`);
      return { ...done, days: days.length, reminders: reminders.length };
    },
  );

/** At most once an hour: what cannot be made up for stays measured, and is not tried with every look. */
const dueAgain = ({ reservationId, profileId, hours }: Watch.MissingReminder, hour: string) =>
  events["appointment/reminders-due"].create(
    { reservationId, profileId, hours: [hours] },
    { id: `appointment/reminders-due:${reservationId}:${hours}h:health-${hour}` },
  );

/** Everything that is looked at, each for itself; by the tick's minute, so that a look that is repeated is the same. */
async function look(desk: Desk, schedules: readonly Watch.Schedule[], minute: number) {
  const { context } = desk;
  const isQuarter = minute % 15 < 5;
  const isHour = minute < 5;
  const [beat, clinics] = await Promise.all([
    Watch.beat(context, schedules),
    isQuarter ? Organization.allIds(context) : [],
  ]);
  const unseen: string[] = [];
  const each = async <T>(what: string, of: (organizationId: string) => Promise<T[]>): Promise<T[]> => {
    const { found, failed } = await inClinics(clinics, of);
    if (failed > 0) unseen.push(`${what} of ${failed} clinics`);
    return found;
  };
  const whole = async <T>(what: string, looking: () => Promise<T>, otherwise: T): Promise<T> => {
    const [seen] = await Promise.allSettled([looking()]);
    if (seen.status === "fulfilled") return seen.value;
    unseen.push(what);
    return otherwise;
  };
  const [told, expired, late, missing, reminders, failures] = await Promise.all([
    isQuarter ? whole("the outbox", () => Outbox.sweep(context, publishTo(desk)), 0) : 0,
    isHour ? whole("overdue requests", () => expireOverdue(context), 0) : 0,
    whole("schedules", () => Watch.lateSchedules(context, beat), []),
    isHour ? each("slots", (one) => Watch.missingDays(context, one)) : [],
    each("reminders", (one) => Watch.missingReminders(context, one, isHour ? {} : { lessThan: 24 })),
    isHour ? each("failed runs", (one) => Watch.openFailures(context, one)) : [],
  ]);
  const days = await Promise.all(missing.map(({ profileId, date }) => daysOf(context, profileId, [date])));
  desk.measure?.({
    ...(isHour && { SlotsMissing: missing.length, FailedRuns: failures.length }),
    ...(isQuarter && { RemindersMissing: reminders.length }),
    LateSchedules: late.length,
    Repairs: told + expired + days.length + reminders.length,
  });
  const hour = context.now().slice(0, 13);
  return { told, expired, late: late.map(({ workflow }) => workflow), days, reminders, hour, unseen };
}

/** As the sweep does: by the verb that a request's own workflow would have called. */
async function expireOverdue(context: Context): Promise<number> {
  const overdue = await Watch.overdueRequests(context);
  if (overdue.length === 0) return 0;
  return (await Request.expireOverdue(context, Profile.practice)).length;
}

/** How many clinics are looked at side by side. */
const AT_ONCE = 16;

/** What is found in all clinics: one that cannot be looked at hides none of the others. */
async function inClinics<T>(
  clinics: readonly string[],
  of: (organizationId: string) => Promise<T[]>,
): Promise<{ found: T[]; failed: number }> {
  const found: T[] = [];
  let failed = 0;
  for (let first = 0; first < clinics.length; first += AT_ONCE) {
    for (const one of await Promise.allSettled(clinics.slice(first, first + AT_ONCE).map(of))) {
      if (one.status === "fulfilled") found.push(...one.value);
      else failed++;
    }
  }
  return { found, failed };
}
