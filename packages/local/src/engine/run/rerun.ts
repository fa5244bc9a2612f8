import type { Context } from "../context.ts";
import { createRun } from "../start/start.ts";
import { type Step, stepKey } from "./run.ts";

/** A run that is not known, or no longer. */
export class RunNotFound extends Error {
  override readonly name = "RunNotFound";
  readonly runId: string;

  constructor(runId: string) {
    super(`there is no run ${runId}`);
    this.runId = runId;
  }
}

/** A run that cannot be run again. */
export class RerunRefused extends Error {
  override readonly name = "RerunRefused";
}

/** The step to begin again with, by its hash or its id in the code, and what to give it in place of its arguments. */
export interface FromStep {
  readonly stepId: string;
  readonly input?: readonly unknown[] | undefined;
}

/**
 * Starts a run again with the same events, past every limit, and gives the new run's id. From a step on, the results of
 * the steps that ended before it are taken over.
 *
 * @throws RunNotFound, RerunRefused
 */
export function rerun(context: Context, runId: string, from?: FromStep): string {
  const { store } = context;
  const run = store.runs.get(runId);
  if (!run) throw new RunNotFound(runId);
  if (run.cron) throw new RerunRefused("a run that a schedule started cannot be run again");
  const definition = store.definitions.get(run.functionId);
  const events = run.eventIds.map((id) => store.events.get(id)).filter((event) => event !== undefined);
  if (!definition || events.length === 0) throw new RerunRefused(`the function ${run.functionId} is gone`);
  return store.transact(() => {
    const steps = from ? stepsBefore(context, runId, from) : [];
    const id = createRun(context, definition, events);
    for (const step of steps) store.steps.put(stepKey(id, step.hash), { ...step, runId: id });
    return id;
  });
}

function stepsBefore({ store }: Context, runId: string, { stepId, input }: FromStep): Step[] {
  const steps = store.stepsByRun.get(runId);
  const target = steps.find((step) => step.hash === stepId || step.id === stepId);
  if (target?.order === undefined) throw new RerunRefused(`the run has no ended step ${stepId}`);
  const { order, endedAt, error, memo, ...rest } = target;
  const before = steps.filter((step) => step.order !== undefined && step.order < order);
  return input ? [...before, { ...rest, status: "given", memo: { input } }] : before;
}
