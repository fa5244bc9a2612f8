import type { Context } from "../context.ts";
import { day, hour, minute, second } from "../definition/duration.ts";
import { type Execution, enqueue } from "./job.ts";

/** @see https://github.com/inngest/inngest/blob/main/pkg/backoff/backoff.go */
const backoff = [
  15 * second,
  30 * second,
  minute,
  2 * minute,
  5 * minute,
  10 * minute,
  20 * minute,
  40 * minute,
  hour,
];
const longestBackoff = 2 * hour;
const jitter = 30 * second;

/**
 * Puts a call off for another attempt: after what the app asked for (seconds or a date, held between a second and a
 * day), else after the service's backoff and up to half a minute by chance.
 */
export function retryLater(context: Context, job: Execution, retryAfter: string | undefined): void {
  const now = context.clock.now();
  const at = retryAfter ? askedMoment(retryAfter, now) : now + backoffMs(context, job.attempt);
  const { runId, stepId, attempt } = job;
  enqueue(context, { kind: "execute", runId, stepId, attempt: attempt + 1 }, at);
}

function backoffMs({ settings }: Context, attempt: number): number {
  return (backoff[attempt] ?? longestBackoff) + Math.floor(settings.jitter() * jitter);
}

function askedMoment(retryAfter: string, now: number): number {
  const asked = /^\d+$/.test(retryAfter) ? now + Number(retryAfter) * second : Date.parse(retryAfter);
  return Number.isNaN(asked) ? now + second : Math.min(Math.max(asked, now + second), now + day);
}
