import { Reservation } from "@turno/core/booking";
import { Organization } from "@turno/core/identity";
import { type Context, Daily } from "@turno/core/platform";
import { cron } from "inngest";
import type { Desk } from "../desk.ts";
import { events } from "../events.ts";
import { Independent } from "../independent.ts";
import { clinicDone, clinicsDue } from "../scheduling/calendar.ts";
import { inRequests } from "../scheduling/fan-out.ts";
import { waitedForUntil } from "./remind.ts";

const job = { name: "reminder-scan", at: "05:00" };

/**
 * At each clinic's 05:00, begins a run for every visit of which reminders fall due on the day that has come near: the one
 * after those that earlier scans have seen to. So a run sleeps for days, however far ahead a visit is booked.
 *
 * A scan that comes late takes the days that were left out as well. Visits that are booked nearer than that wait for their
 * reminders in a run of their own; one that both find is reminded of once.
 */
export const reminderScan = ({ inngest, context }: Desk) =>
  inngest.createFunction({ id: job.name, triggers: cron("*/15 * * * *") }, async ({ step }) => {
    const visits = await step.run("due", () => clinicsDue(context, job));
    const clinics = new Independent();
    const askForReminders = async (visit: Daily.Visit) => {
      const key = `${visit.organizationId}-${visit.date}`;
      const due = await step.run(`scan-${key}`, () => scan(context, visit));
      const all = due.map((one) => remindersDue(one, visit));
      for (const [index, group] of inRequests(all).entries()) {
        await step.sendEvent(`remind-${key}-${index}`, group);
      }
      await step.run(`done-${key}`, () => clinicDone(context, job, visit));
    };
    for (const visit of visits) await clinics.outcomeOf(askForReminders(visit));
    clinics.end();
    return { clinics: visits.length };
  });

/** What no run waits for yet; at a clinic that was never scanned all that is near. */
async function scan(
  context: Context,
  { organizationId, date }: Daily.Visit,
): Promise<readonly Reservation.Due[]> {
  const { timezone } = await Organization.get(context, organizationId);
  const now = context.now();
  const last = await Daily.lastOf(context, job, organizationId);
  const seen = last === undefined ? now : waitedForUntil(last, timezone);
  const stretch = { start: seen > now ? seen : now, end: waitedForUntil(date, timezone) };
  return Reservation.remindersDue(context, organizationId, stretch);
}

/** Found again on the same day, by a scan that is repeated, it is the same event. */
const remindersDue = ({ reservationId, profileId, hours }: Reservation.Due, { date }: Daily.Visit) =>
  events["appointment/reminders-due"].create(
    { reservationId, profileId, hours: [...hours] },
    { id: `appointment/reminders-due:${reservationId}:${date}` },
  );
