import {
  type Actor,
  type Context,
  epochMillis,
  type Instant,
  minus,
  requireAdmin,
  utcDateOf,
} from "../../platform/index.ts";
import { STAGE, sumsOf } from "../run/index.ts";
import { averageOf, successRateOf, tallyOf } from "../tally/index.ts";
import { lateSchedules } from "./beat.store.ts";
import { missingDays, missingReminders, openFailures, overdueRequests, stuckFacts } from "./expected.ts";
import { checkOf, type Health } from "./watch.ts";

/**
 * How the workflows of the actor's clinic are, and those that work for all: found in the table at this moment, so that it
 * is also right when nothing runs any more. Throws {@link Forbidden} for whoever is no admin.
 *
 * `workflows` are the ids of those that the stage runs.
 */
export async function health(context: Context, actor: Actor, workflows: readonly string[]): Promise<Health> {
  const organizationId = requireAdmin(actor);
  const [own, common, late, stuck, requests, slots, reminders, failures] = await Promise.all([
    lately(context, organizationId),
    lately(context, STAGE),
    lateSchedules(context),
    stuckFacts(context),
    overdueRequests(context, organizationId),
    missingDays(context, organizationId),
    missingReminders(context, organizationId),
    openFailures(context, organizationId),
  ]);
  const age = (since: readonly Instant[]): number =>
    Math.max(0, ...since.map((at) => (epochMillis(context.now()) - epochMillis(at)) / 1000));
  const tally = tallyOf(own);
  const active = new Set([...own, ...common].map(({ workflow }) => workflow));
  const failed = new Set([...failures, ...late].map(({ workflow }) => workflow));
  return {
    totalWorkflows: workflows.length,
    activeWorkflows: active.size,
    failedWorkflows: failed.size,
    successRate: successRateOf(tally),
    averageExecutionTime: averageOf(tally),
    checks: [
      checkOf(
        "schedules",
        late.map(({ workflow }) => workflow),
        Math.max(0, ...late.map(({ seconds }) => seconds)),
      ),
      // Whose they are is nobody else's business.
      { ...checkOf("outbox", stuck, age(stuck)), about: undefined },
      checkOf(
        "requests",
        requests.map(({ requestId }) => requestId),
        age(requests.map(({ expiresAt }) => expiresAt)),
      ),
      checkOf(
        "slots",
        slots.map(({ profileId }) => profileId),
      ),
      checkOf(
        "reminders",
        reminders.map(({ reservationId }) => reservationId),
        age(reminders.map(({ at }) => at)),
      ),
      checkOf(
        "failed-runs",
        failures.map(({ runId }) => runId),
        age(failures.map(({ endedAt }) => endedAt)),
      ),
    ],
  };
}

/** What ended in the last day. */
async function lately(context: Context, owner: string) {
  const now = context.now();
  const since = minus(now, { days: 1 });
  const days = await Promise.all(
    [utcDateOf(since), utcDateOf(now)].map((day) => sumsOf(context, owner, day)),
  );
  return days.flat().filter(({ endedAt }) => endedAt > since);
}
