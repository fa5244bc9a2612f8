import type { Context } from "../context.ts";
import { enqueue } from "./job.ts";

/** Something a run waits for, or is cancelled by. */
export type Pause = PauseBase &
  (
    | { readonly kind: "cancel"; readonly event: string; readonly condition?: string }
    | { readonly kind: "event"; readonly hash: string; readonly event: string; readonly condition?: string }
    | { readonly kind: "signal"; readonly hash: string; readonly signal: string }
    | { readonly kind: "invoke"; readonly hash: string; readonly correlationId: string }
  );

interface PauseBase {
  readonly id: string;
  readonly runId: string;
  /** Only an event received after this point of the engine's sequence counts. */
  readonly seq: number;
  readonly expiresAt: number;
}

/** The keys under which an event, signal or finished invocation finds a pause. */
export function pauseKeys(pause: Pause): string[] {
  const owner = ownerKey(pause.runId);
  switch (pause.kind) {
    case "cancel":
    case "event":
      return [owner, eventKey(pause.event)];
    case "signal":
      return [owner, signalKey(pause.signal)];
    case "invoke":
      return [owner, invokeKey(pause.correlationId)];
  }
}

export const eventKey = (name: string) => `event:${name}`;
export const signalKey = (signal: string) => `signal:${signal}`;
export const invokeKey = (correlationId: string) => `invoke:${correlationId}`;
export const ownerKey = (runId: string) => `run:${runId}`;

type DistributedOmit<T, Key extends PropertyKey> = T extends unknown ? Omit<T, Key> : never;

/** Lets a run wait until `expiresAt` (epoch milliseconds) for what comes after the sequence number `seq`. */
export function addPause(context: Context, pause: DistributedOmit<Pause, "id">): void {
  const id = String(context.store.next());
  context.store.pauses.put(id, { ...pause, id });
  // What cancels a run lapses unseen; a step that waits must be told.
  if (pause.kind !== "cancel")
    enqueue(context, { kind: "expire", runId: pause.runId, pauseId: id }, pause.expiresAt);
}

/** Ends a wait, and its timeout with it. */
export function dropPause({ store }: Context, pause: Pause): void {
  store.pauses.delete(pause.id);
  const timeout = store.jobsByRun
    .get(pause.runId)
    .find((job) => job.kind === "expire" && job.pauseId === pause.id);
  if (timeout) store.jobs.delete(timeout.id);
}
