import type { Context } from "../context.ts";
import { discovery, enqueue } from "./job.ts";
import { type Run, type RunError, type Step, stepKey } from "./run.ts";

/** An operation the SDK reported, as far as every kind has it. */
export interface Reported {
  readonly id: string;
  readonly op: string;
  readonly name?: string | undefined;
  readonly displayName?: string | undefined;
  readonly userland?: { readonly id: string; readonly index?: number | undefined } | undefined;
  readonly opts?:
    | { readonly type?: string | undefined; readonly parallelMode?: string | undefined }
    | undefined;
}

/** The step as it begins to be known. */
export function stepOf(
  context: Context,
  run: Run,
  reported: Reported,
  fields: Pick<Step, "status"> & Partial<Step>,
): Step {
  const { id, op, name, displayName, userland, opts } = reported;
  const index = userland?.index ? `:${userland.index}` : "";
  const code = userland ? `${userland.id}${index}` : (displayName ?? name ?? id);
  return {
    runId: run.id,
    hash: id,
    id: code,
    name: displayName ?? code,
    op,
    ...(opts?.type && { type: opts.type }),
    race: opts?.parallelMode === "race",
    reportedAt: context.store.steps.get(stepKey(run.id, id))?.reportedAt ?? context.clock.now(),
    ...fields,
  };
}

/** How a step ended: its memo is what the SDK is given from now on. */
export interface Ending {
  readonly status: "completed" | "failed";
  readonly memo: unknown;
  readonly error?: RunError;
}

/**
 * Remembers how a step ended and asks the app what comes next.
 *
 * The steps of a parallel group are waited for together, unless they race; the app is asked once the group is empty.
 */
export function endStep(context: Context, runId: string, step: Step, ending: Ending): void {
  const { store, clock } = context;
  const run = store.runs.get(runId);
  if (run?.status !== "Running") return;
  const key = stepKey(runId, step.hash);
  if (store.steps.get(key)?.order === undefined) {
    store.steps.put(key, { ...step, ...ending, endedAt: clock.now(), order: store.next() });
  }
  const pending = run.pending.filter((hash) => hash !== step.hash);
  const stateSize = run.stateSize + JSON.stringify(ending.memo ?? null).length;
  const goesOn = run.version < 2 || pending.length === 0 || step.race;
  const forcePlan = run.version >= 2 && goesOn ? false : run.forcePlan;
  store.runs.put(runId, { ...run, pending, stateSize, forcePlan });
  if (goesOn) askNext(context, runId);
}

/** Asks the app what comes next in a run, once, however many steps have ended. */
export function askNext(context: Context, runId: string): void {
  const { store, clock, inFlight } = context;
  const asked = store.jobsByRun
    .get(runId)
    .some(
      (job) =>
        job.kind === "execute" && job.stepId === discovery && job.attempt === 0 && !inFlight.has(job.id),
    );
  if (!asked) enqueue(context, { kind: "execute", runId, stepId: discovery, attempt: 0 }, clock.now());
}
