import type { Context } from "../context.ts";
import { internalName, invocationOf, type StoredEvent } from "../event/event.ts";
import { emitEvent } from "../event/receive.ts";
import { dropPause, invokeKey, ownerKey } from "./pause.ts";
import { endStep } from "./progress.ts";
import { type Run, type RunError, stepKey } from "./run.ts";

export type Outcome =
  | { readonly status: "Completed"; readonly output: unknown }
  | { readonly status: "Failed"; readonly error: RunError }
  | { readonly status: "Cancelled" };

const cancelled: RunError = { name: "InngestFunctionCancelled", message: "function cancelled" };

/**
 * Ends a run: drops what it still had to do or wait for, tells a run that invoked it, and emits the lifecycle events.
 * A run that has ended stays as it is.
 */
export function finishRun(context: Context, runId: string, outcome: Outcome): void {
  const { store, clock } = context;
  const run = store.runs.get(runId);
  if (run?.status !== "Running") return;
  store.runs.put(runId, { ...run, ...outcome, endedAt: clock.now(), pending: [] });
  for (const job of store.jobsByRun.get(runId)) store.jobs.delete(job.id);
  for (const pause of store.pausesByKey.get(ownerKey(runId))) store.pauses.delete(pause.id);

  const events = run.eventIds.map((id) => store.events.get(id)).filter((event) => event !== undefined);
  for (const event of events) answerInvocation(context, event, outcome);
  emitLifecycle(context, run, events, outcome);
}

/** Gives the run that waits for an invocation its result. An event that is no invocation changes nothing. */
export function answerInvocation(context: Context, { event }: StoredEvent, outcome: Outcome): void {
  const { store } = context;
  const invocation = invocationOf(event);
  if (!invocation) return;
  for (const pause of store.pausesByKey.get(invokeKey(invocation.correlationId))) {
    if (pause.kind !== "invoke") continue;
    const step = store.steps.get(stepKey(pause.runId, pause.hash));
    dropPause(context, pause);
    if (!step) continue;
    if (outcome.status === "Completed") {
      endStep(context, pause.runId, step, { status: "completed", memo: { data: outcome.output } });
    } else {
      const error = outcome.status === "Failed" ? outcome.error : cancelled;
      endStep(context, pause.runId, step, { status: "failed", memo: { error }, error });
    }
  }
}

const silent: readonly string[] = [internalName.finished, internalName.failed];

/** A run that was itself started by another's end emits nothing, or two functions could go on for ever. */
function emitLifecycle(context: Context, run: Run, events: readonly StoredEvent[], outcome: Outcome): void {
  events.forEach(({ event }, index) => {
    const invocation = invocationOf(event);
    if (silent.includes(event.name) || (index > 0 && !invocation)) return;
    const data = {
      function_id: run.functionId,
      run_id: run.id,
      event,
      events: events.map((one) => one.event),
      ...(outcome.status === "Completed" && { result: outcome.output }),
      ...(outcome.status === "Failed" && { error: describe(outcome.error), result: outcome.error }),
      ...(outcome.status === "Cancelled" && { error: { name: "Error", message: "function cancelled" } }),
      ...(invocation && { correlation_id: invocation.correlationId }),
      _inngest: { status: outcome.status },
    };
    emitEvent(context, { name: internalName.finished, data });
    // The run's id as event id: a run fails or is cancelled once, whatever reports it.
    if (outcome.status === "Failed") emitEvent(context, { name: internalName.failed, data, id: run.id });
    if (outcome.status === "Cancelled")
      emitEvent(context, { name: internalName.cancelled, data, id: run.id });
  });
}

function describe({ name, message, stack }: RunError): Record<string, unknown> {
  return { error: `${name}: ${message}`, name, message, ...(stack && { stack }) };
}
