import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { SHARDS } from "@turno/core/platform";
import { type MovableClock, openMovableClock } from "@turno/local/clock";
import { startLambdaUrl } from "@turno/local/gateway";
import type { ServeWorkflows, WorkflowsOfStage } from "@turno/local/stage";
import type { Invocation, Outcome } from "./functions.thread.ts";

/** What the thread of the workflows is told when it starts. */
export interface ThreadData extends WorkflowsOfStage {
  /** How far the clock is ahead of real time, in milliseconds. */
  readonly ahead: Float64Array<SharedArrayBuffer>;
  /** How many facts were written into each shard of the outbox and were not seen yet. */
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
  const written = new Int32Array(new SharedArrayBuffer(4 * SHARDS.length));
  const kept = openMovableClock(clockDir);
  ahead[0] = kept.now() - Date.now();
  const clock: MovableClock = {
    now: () => Date.now() + ahead[0]!,
    moveTo(instant) {
      kept.moveTo(instant);
      ahead[0] = kept.now() - Date.now();
    },
  };
  return {
    clock,
    async serveWorkflows(parts) {
      const data = { ...parts, ahead, written } satisfies ThreadData;
      const environment = openEnvironment(data);
      const { url, close } = await startLambdaUrl({
        functionName: "workflows",
        handler: environment.invoke,
      });
      return {
        url,
        written() {
          return SHARDS.filter((_, index) => Atomics.exchange(written, index, 0) > 0);
        },
        async close() {
          await close();
          await environment.close();
        },
      };
    },
  };
}

/** Where the function runs. */
interface Environment {
  invoke(event: Invocation["event"]): Promise<NonNullable<Outcome["answer"]>>;
  close(): Promise<void>;
}

function openEnvironment(workerData: ThreadData): Environment {
  const thread = new Worker(THREAD, { workerData });
  const waiting = new Map<number, PromiseWithResolvers<NonNullable<Outcome["answer"]>>>();
  let last = 0;
  thread.on("message", ({ id, answer, error }: Outcome) => {
    const call = waiting.get(id);
    waiting.delete(id);
    if (answer) call?.resolve(answer);
    else call?.reject(new Error(error));
  });
  return {
    invoke(event) {
      const call = Promise.withResolvers<NonNullable<Outcome["answer"]>>();
      waiting.set(++last, call);
      thread.postMessage({ id: last, event } satisfies Invocation);
      return call.promise;
    },
    close: async () => void (await thread.terminate()),
  };
}
