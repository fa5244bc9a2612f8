import { once } from "node:events";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { type MovableClock, openMovableClock } from "@turno/local/clock";
import type { ServeWorkflows, WorkflowsOfStage } from "@turno/local/stage";

/** What the thread of the workflows is told when it starts. */
export interface ThreadData extends WorkflowsOfStage {
  /** How far the clock is ahead of real time, in milliseconds. */
  readonly ahead: Float64Array<SharedArrayBuffer>;
  /** How many facts were written to the outbox. */
  readonly written: Int32Array<SharedArrayBuffer>;
}

const THREAD = join(import.meta.dirname, "functions.thread.ts");

/**
 * Serves the workflows in a thread of their own, as they are in a Lambda of their own on AWS: two cores share the month.
 *
 * Both threads live by one clock, and what the functions have written is known here when their answer is.
 */
export function functionsApart(clockDir: string): { clock: MovableClock; serveWorkflows: ServeWorkflows } {
  const ahead = new Float64Array(new SharedArrayBuffer(8));
  const written = new Int32Array(new SharedArrayBuffer(4));
  const kept = openMovableClock(clockDir);
  ahead[0] = kept.now() - Date.now();
  const clock: MovableClock = {
    now: () => Date.now() + ahead[0]!,
    moveTo(instant) {
      kept.moveTo(instant);
      ahead[0] = kept.now() - Date.now();
    },
  };
  let seen = 0;
  return {
    clock,
    async serveWorkflows(parts) {
      const thread = new Worker(THREAD, { workerData: { ...parts, ahead, written } satisfies ThreadData });
      const [url] = (await once(thread, "message")) as [string];
      return {
        url,
        hasWritten() {
          const now = Atomics.load(written, 0);
          const hasMore = now !== seen;
          seen = now;
          return hasMore;
        },
        close: async () => void (await thread.terminate()),
      };
    },
  };
}
