import { type Instant, plus } from "@turno/core/platform";

/** The service's free plan ends a run that sleeps for more than seven days at a time: one of them is for being late. */
const LONGEST_SLEEP = { days: 6 };

interface Sleeper {
  sleepUntil(id: string, time: Instant): Promise<void>;
}

/**
 * Sleeps until `at`, however far, in hops that the service's smallest plan allows; a time that has passed is no sleep.
 *
 * `from` is a time that a run knows each time its code runs, at which or after which it sleeps: its event's, or that of
 * its last sleep. The hops follow from it, so that they have the same ids and ends whenever the run wakes.
 */
export async function sleepUntil(step: Sleeper, id: string, at: Instant, from: Instant): Promise<void> {
  let hop = 1;
  for (let next = plus(from, LONGEST_SLEEP); next < at; next = plus(next, LONGEST_SLEEP)) {
    await step.sleepUntil(`${id}-hop-${hop++}`, next);
  }
  await step.sleepUntil(id, at);
}
