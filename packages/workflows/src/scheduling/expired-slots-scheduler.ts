import { Profile } from "@turno/core/identity";
import { type Context, type Daily, localDateOf, nextDate } from "@turno/core/platform";
import { cron } from "inngest";
import type { Desk } from "../desk.ts";
import { events } from "../events.ts";
import { Independent } from "../independent.ts";
import { clinicDone, clinicsDue } from "./calendar.ts";

const job = { name: "expired-slots-cleanup", at: "03:00" };

/** At each clinic's 03:00, asks for its calendars' day that has just ended to be closed. */
export const expiredSlotsScheduler = ({ inngest, context }: Desk) =>
  inngest.createFunction(
    { id: "expired-slots-scheduler", triggers: cron("*/15 * * * *") },
    async ({ step }) => {
      const visits = await step.run("due", () => clinicsDue(context, job));
      const clinics = new Independent();
      const askForClosing = async (visit: Daily.Visit) => {
        const key = `${visit.organizationId}-${visit.date}`;
        const days = await step.run(`ended-${key}`, () => endedDays(context, visit.organizationId));
        if (days.length > 0) await step.sendEvent(`close-${key}`, days.map(closing));
        await step.run(`done-${key}`, () => clinicDone(context, job, visit));
      };
      for (const visit of visits) await clinics.outcomeOf(askForClosing(visit));
      clinics.end();
      return { clinics: visits.length };
    },
  );

interface EndedDay {
  readonly profileId: string;
  readonly cleanupDate: string;
}

/** Yesterday, by each calendar's own zone. */
async function endedDays(context: Context, organizationId: string): Promise<EndedDay[]> {
  const calendars = await Profile.calendarsOf(context, organizationId);
  return calendars.map(({ profileId, timezone }) => ({
    profileId,
    cleanupDate: nextDate(localDateOf(context.now(), timezone), -1),
  }));
}

const closing = (day: EndedDay) =>
  events["slot/cleanup-expired"].create(day, {
    id: `slot/cleanup-expired:${day.profileId}:${day.cleanupDate}`,
  });
