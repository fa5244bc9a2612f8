import type { Operation } from "../call/reply.ts";
import type { Context } from "../context.ts";
import { day, momentOf, year } from "../definition/duration.ts";
import { internalName } from "../event/event.ts";
import { emitEvent } from "../event/receive.ts";
import { checkExpression } from "../expression/expression.ts";
import { enqueue } from "./job.ts";
import type { Answered } from "./operation.ts";
import { addPause, signalKey } from "./pause.ts";
import { stepOf } from "./progress.ts";
import { type StepStatus, stepKey } from "./run.ts";

/** A run asks for something that the service does not allow. */
export class LimitExceeded extends Error {
  override readonly name = "LimitExceeded";
}

/** What the service allows at most. */
export const longestWait = 366 * day;

/** @throws LimitExceeded, DurationRefused */
export function sleep({ context, run }: Answered, operation: Operation): void {
  const now = context.clock.now();
  const until = momentOf(operation.opts.duration ?? operation.name ?? "", now);
  const { maxSleepMs } = context.settings;
  if (until - now > maxSleepMs) {
    throw new LimitExceeded(`the sleep ${nameOf(operation)} is longer than ${maxSleepMs / day} days`);
  }
  if (!open({ context, run }, operation, "sleeping", until)) return;
  enqueue(context, { kind: "wake", runId: run.id, hash: operation.id }, until);
}

/** @throws LimitExceeded, DurationRefused, ExpressionRefused */
export function waitForEvent({ context, run }: Answered, operation: Operation): void {
  const { event, timeout, if: condition } = operation.opts;
  const expiresAt = waitingUntil(context, operation, timeout);
  if (condition) checkExpression(condition, "full");
  if (!open({ context, run }, operation, "waiting", expiresAt)) return;
  addPause(context, {
    kind: "event",
    runId: run.id,
    hash: operation.id,
    seq: context.store.next(),
    expiresAt,
    event: event ?? operation.name ?? "",
    ...(condition && { condition }),
  });
}

/** @throws LimitExceeded, DurationRefused, and Error when another run waits for the signal and may not lose it */
export function waitForSignal({ context, run }: Answered, operation: Operation): void {
  const { store } = context;
  const { signal = "", timeout, conflict } = operation.opts;
  const expiresAt = waitingUntil(context, operation, timeout);
  if (!open({ context, run }, operation, "waiting", expiresAt)) return;
  for (const other of store.pausesByKey.get(signalKey(signal))) {
    if (conflict !== "replace") throw new Error(`another run waits for the signal ${signal}`);
    // The other run goes on waiting until its time is up, for a signal nobody can send.
    if (other.kind === "signal") store.pauses.put(other.id, { ...other, signal: "" });
  }
  addPause(context, {
    kind: "signal",
    runId: run.id,
    hash: operation.id,
    seq: store.next(),
    expiresAt,
    signal,
  });
}

/** @throws LimitExceeded, DurationRefused */
export function invoke({ context, run }: Answered, operation: Operation): void {
  const { timeout, payload, function_id: functionId } = operation.opts;
  const expiresAt = timeout ? waitingUntil(context, operation, timeout) : context.clock.now() + year;
  if (!open({ context, run }, operation, "waiting", expiresAt)) return;
  const correlationId = `${run.id}.${operation.id}`;
  addPause(context, {
    kind: "invoke",
    runId: run.id,
    hash: operation.id,
    seq: context.store.next(),
    expiresAt,
    correlationId,
  });
  const reserved = { fn_id: functionId, correlation_id: correlationId, source_fn_id: run.functionId };
  emitEvent(context, { name: internalName.invoked, data: { ...payload?.data, _inngest: reserved } });
}

/** Notes a step that waits; false if it was noted before, since the SDK reports it again until it has ended. */
function open(
  { context, run }: Pick<Answered, "context" | "run">,
  operation: Operation,
  status: StepStatus,
  until: number,
): boolean {
  const key = stepKey(run.id, operation.id);
  if (context.store.steps.get(key)) return false;
  context.store.steps.put(key, stepOf(context, run, operation, { status, until }));
  return true;
}

function waitingUntil({ clock }: Context, operation: Operation, timeout = ""): number {
  const now = clock.now();
  const until = momentOf(timeout, now);
  if (until - now > longestWait) {
    throw new LimitExceeded(`the wait ${nameOf(operation)} is longer than ${longestWait / day} days`);
  }
  return until;
}

function nameOf({ displayName, name, id }: Operation): string {
  return `"${displayName ?? name ?? id}"`;
}
