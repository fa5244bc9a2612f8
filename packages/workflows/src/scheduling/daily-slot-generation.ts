import { Request } from "@turno/core/booking";
import { Profile } from "@turno/core/identity";
import { type Context, Counter, dayOfWeek, type LocalDate, type Practice } from "@turno/core/platform";
import { Availability, Generation, Service } from "@turno/core/scheduling";
import type { Desk } from "../desk.ts";
import { events } from "../events.ts";

/**
 * Makes the slots of one date of one calendar, for every service that is active when it runs. A booked slot is never
 * touched; one that the hours have no room for is in the result as a conflict.
 */
export const dailySlotGeneration = ({ inngest, context }: Desk) =>
  inngest.createFunction(
    { id: "daily-slot-generation", triggers: events["slot/generate-daily"], concurrency: 5, retries: 1 },
    async ({ event, step, runId }) => {
      const { profileId, targetDate } = event.data;
      const made = await step.run("generate", () => generate(context, profileId, targetDate, runId));
      await step.run("clean", () => clean(context, profileId));
      return made;
    },
  );

/** Counted here and not in a step of its own: repeated, it makes nothing more, and could not say what it had made. */
async function generate(context: Context, profileId: string, date: LocalDate, runId: string) {
  const practice = await Profile.practice(context, profileId);
  const made = await Generation.generate(context, practice, { from: date, to: date });
  await Counter.count(context, {
    ...{ organizationId: practice.organizationId, date },
    metric: "slots-created",
    occurrence: runId,
    by: made.created,
  });
  await Generation.noteDay(context, practice, date);
  const isEmpty = made.created + made.kept === 0;
  return { ...made, ...(isEmpty && { because: await whyNone(context, practice, date) }) };
}

/** What a date without slots lacks. */
async function whyNone(context: Context, { profileId }: Practice, date: LocalDate) {
  const services = await Service.active(context, profileId);
  if (services.length === 0) return "no-services";
  const [rules, exceptions] = await Promise.all([
    Availability.Rules.all(context, profileId),
    Availability.Exceptions.between(context, profileId, date, date),
  ]);
  if (exceptions.some(({ windows }) => windows.length === 0)) return "closed";
  const weekday = dayOfWeek(date);
  const hours = exceptions.length > 0 || rules.some((rule) => Availability.appliesOn(rule, date, weekday));
  return hours ? "no-room" : "no-rules";
}

async function clean(context: Context, profileId: string) {
  const expired = await Request.expireOverdue(context, Profile.practice, { profileId });
  return { expired: expired.length };
}
