import * as z from "zod";
import { Rates } from "../tally/tally.ts";

/** A workflow that begins by itself, and how often. */
export interface Schedule {
  readonly workflow: string;
  readonly minutes: number;
}

/** What is compared with what should be; see {@link Check}. */
export const CheckName = z
  .enum(["schedules", "outbox", "requests", "slots", "reminders", "failed-runs"])
  .meta({
    description: [
      "`schedules`: workflows that begin by themselves and did not",
      "`outbox`: facts that wait to be told",
      "`requests`: those past their expiry that are still pending",
      "`slots`: calendars whose slots of tomorrow are not made",
      "`reminders`: those that were due and were not tried",
      "`failed-runs`: runs that failed and were not retried",
    ].join("; "),
  });

export const Check = z.object({
  name: CheckName,
  status: z.enum(["ok", "trouble"]),
  count: z.int().min(0).meta({ description: "How many things are not as they should be" }),
  seconds: z.int().optional().meta({ description: "For how long the oldest of them has not been" }),
  about: z
    .array(z.string())
    .optional()
    .meta({ description: "Workflows, calendars, reservations or requests" }),
});
export type Check = z.infer<typeof Check>;

const count = (description: string) => z.int().min(0).meta({ description });

/** How a clinic's workflows are, and what every clinic needs that this one does. */
export const Health = Rates.extend({
  totalWorkflows: count("Workflows that the stage runs"),
  activeWorkflows: count("Workflows that ended a run in the last 24 hours, for this clinic or for all"),
  failedWorkflows: count("Workflows with a failed run that was not retried, or late by their schedule"),
  checks: z.array(Check),
});
export type Health = z.infer<typeof Health>;

/** At most so many are named. */
const NAMED = 50;

export const checkOf = (name: Check["name"], about: readonly string[], seconds?: number): Check => ({
  name,
  status: about.length === 0 ? "ok" : "trouble",
  count: about.length,
  ...(about.length > 0 && seconds !== undefined && { seconds: Math.round(seconds) }),
  ...(about.length > 0 && { about: about.slice(0, NAMED) }),
});

const HOUR = 60;
const DAY = 24 * HOUR;

/** How many minutes at most lie between two ticks of a schedule in cron's words, where its days are all alike. */
export function minutesOf(cron: string): number {
  const [minute = "", hour = ""] = cron.replace(/^TZ=\S+ /, "").split(" ");
  const everyMinutes = /^\*\/(\d+)$/.exec(minute);
  if (minute === "*") return 1;
  if (everyMinutes) return Number(everyMinutes[1]);
  if (hour === "*") return HOUR;
  const everyHours = /^\*\/(\d+)$/.exec(hour);
  return everyHours ? Number(everyHours[1]) * HOUR : DAY;
}
