import type { Context } from "../context.ts";
import type { InngestEvent, StoredEvent } from "../event/event.ts";
import { matchesLater } from "../expression/expression.ts";
import { finishRun } from "./finish.ts";
import { dropPause, eventKey, type Pause, signalKey } from "./pause.ts";
import { type Ending, endStep } from "./progress.ts";
import { type Run, type RunError, stepKey } from "./run.ts";

const invokeTimedOut: RunError = {
  name: "InngestInvokeTimeoutError",
  message: "Timed out waiting for invoked function to complete",
};

/** Lets an event cancel or resume the runs that wait for it. Every event is offered, a duplicate too. */
export function resolvePauses(context: Context, stored: StoredEvent): void {
  for (const pause of context.store.pausesByKey.get(eventKey(stored.event.name))) {
    if (!isMatch(context, pause, stored)) continue;
    if (pause.kind === "cancel") finishRun(context, pause.runId, { status: "Cancelled" });
    else resumeStep(context, pause, { status: "completed", memo: stored.event });
  }
}

function isMatch(context: Context, pause: Pause, { seq, event }: StoredEvent): boolean {
  if (pause.kind !== "cancel" && pause.kind !== "event") return false;
  if (seq <= pause.seq || pause.expiresAt < context.clock.now()) return false;
  return !pause.condition || matchesLater(pause.condition, firstEvent(context, pause.runId), event);
}

function firstEvent({ store }: Context, runId: string): InngestEvent | undefined {
  const run = store.runs.get(runId) as Run;
  return store.events.get(run.eventIds[0] ?? "")?.event;
}

/** Resumes the run that waits for a signal; gives its id, or undefined when none waits. */
export function sendSignal(context: Context, signal: string, data: unknown): string | undefined {
  const [pause] = context.store.pausesByKey.get(signalKey(signal));
  if (!pause) return undefined;
  resumeStep(context, pause, { status: "completed", memo: { data: { signal, data: data ?? null } } });
  return pause.runId;
}

/** A wait whose time is up: the step yields null, an invocation fails. */
export function expirePause(context: Context, pauseId: string): void {
  const pause = context.store.pauses.get(pauseId);
  if (!pause) return;
  const timedOut: Ending = { status: "failed", memo: { error: invokeTimedOut }, error: invokeTimedOut };
  resumeStep(context, pause, pause.kind === "invoke" ? timedOut : { status: "completed", memo: null });
}

export function wakeSleeper(context: Context, runId: string, hash: string): void {
  const step = context.store.steps.get(stepKey(runId, hash));
  if (step) endStep(context, runId, step, { status: "completed", memo: null });
}

function resumeStep(context: Context, pause: Pause, ending: Ending): void {
  if (pause.kind === "cancel") return;
  const step = context.store.steps.get(stepKey(pause.runId, pause.hash));
  dropPause(context, pause);
  if (step) endStep(context, pause.runId, step, ending);
}
