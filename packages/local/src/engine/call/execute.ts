import type { Context } from "../context.ts";
import type { Definition } from "../definition/definition.ts";
import type { Execution } from "../run/job.ts";
import type { Run, Step } from "../run/run.ts";
import type { Caller } from "./call.ts";
import { longestAnswer, type Reply, readAnswer, threw } from "./reply.ts";
import { signatureOf } from "./signature.ts";

/** Calls a run's app to execute a step, or to say what comes next, and gives what it answered. Never throws. */
export async function execute(
  context: Context,
  caller: Caller,
  run: Run,
  definition: Definition,
  job: Execution,
): Promise<Reply> {
  const url = new URL(definition.url);
  url.searchParams.set("fnId", definition.id);
  url.searchParams.set("stepId", job.stepId);
  const body = requestOf(context, run, definition, job);
  const { signingKey } = context.settings;
  const headers = {
    "content-type": "application/json",
    "x-run-id": run.id,
    "x-request-id": context.newId(),
    "x-inngest-server-kind": signingKey ? "cloud" : "dev",
    "x-inngest-req-version": String(run.version),
    "x-inngest-step-id": job.stepId,
    "x-inngest-signature": signingKey ? signatureOf(signingKey, body) : "",
  };
  try {
    return readAnswer(await caller.send({ method: "POST", url, headers, body: JSON.stringify(body) }));
  } catch (error) {
    return threw(`${definition.id} could not be reached: ${error instanceof Error ? error.message : error}`);
  }
}

/**
 * The body of a call. `fn_id` and `qi_id` are left out: without them the SDK does not checkpoint, and each step is one
 * call. Too large a state is left out as well, and the SDK fetches it.
 */
function requestOf(context: Context, run: Run, { maxAttempts }: Definition, { attempt, stepId }: Execution) {
  const { stack, steps } = stateOf(context, run.id);
  const events = run.eventIds.map((id) => context.store.events.get(id)?.event);
  const useApi = run.stateSize + JSON.stringify(events).length > longestAnswer;
  return {
    event: events[0],
    events: useApi ? [] : events,
    steps: useApi ? {} : steps,
    defers: {},
    version: run.version,
    use_api: useApi,
    ctx: {
      run_id: run.id,
      attempt,
      max_attempts: maxAttempts,
      env: "dev",
      step_id: stepId,
      disable_immediate_execution: run.forcePlan,
      use_api: useApi,
      stack: { stack, current: stack.length },
    },
  };
}

/** The results of a run's steps as the SDK reads them, and their hashes in order of ending. */
export function stateOf(
  { store }: Context,
  runId: string,
): { stack: string[]; steps: Record<string, unknown> } {
  const known = store.stepsByRun.get(runId).filter((step) => step.memo !== undefined);
  const ended = known
    .filter((step) => step.order !== undefined)
    .sort((a, b) => positionOf(a) - positionOf(b));
  return {
    stack: ended.map((step) => step.hash),
    steps: Object.fromEntries(known.map((step) => [step.hash, step.memo])),
  };
}

function positionOf(step: Step): number {
  return step.order ?? Number.POSITIVE_INFINITY;
}
