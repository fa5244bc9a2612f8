import { Profile } from "@turno/core/identity";
import type { Context, Daily } from "@turno/core/platform";
import { Generation } from "@turno/core/scheduling";
import { cron } from "inngest";
import type { Desk } from "../desk.ts";
import { Independent } from "../independent.ts";
import { clinicDone, clinicsDue } from "./calendar.ts";
import { type Days, daysOf, requestsFor } from "./fan-out.ts";

const job = { name: "slot-generation", at: "02:00" };

/** At each clinic's 02:00, asks for the slots of every day up to the horizon that has none yet. */
export const slotGenerationScheduler = ({ inngest, context }: Desk) =>
  inngest.createFunction(
    { id: "slot-generation-scheduler", triggers: cron("*/15 * * * *") },
    async ({ step }) => {
      const visits = await step.run("due", () => clinicsDue(context, job));
      const clinics = new Independent();
      const askForDays = async (visit: Daily.Visit) => {
        const key = `${visit.organizationId}-${visit.date}`;
        const calendars = await step.run(`open-${key}`, () => openDays(context, visit.organizationId));
        for (const [index, group] of requestsFor(calendars, visit.date).entries()) {
          await step.sendEvent(`generate-${key}-${index}`, group);
        }
        await step.run(`done-${key}`, () => clinicDone(context, job, visit));
      };
      for (const visit of visits) await clinics.outcomeOf(askForDays(visit));
      clinics.end();
      return { clinics: visits.length };
    },
  );

async function openDays(context: Context, organizationId: string): Promise<Days[]> {
  const calendars = await Profile.calendarsOf(context, organizationId);
  return Promise.all(
    calendars.map(async ({ profileId }) => {
      const practice = await Profile.practice(context, profileId);
      return daysOf(context, profileId, await Generation.openDays(context, practice));
    }),
  );
}
