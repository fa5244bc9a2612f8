import { setImmediate } from "node:timers/promises";
import type { Caller } from "../call/call.ts";
import { execute } from "../call/execute.ts";
import type { Context } from "../context.ts";
import type { Definition } from "../definition/definition.ts";
import { durationMs } from "../definition/duration.ts";
import { finishRun } from "../run/finish.ts";
import { type Execution, enqueue, type Job } from "../run/job.ts";
import { applyReply } from "../run/reply.ts";
import type { Run, Slot } from "../run/run.ts";
import { throttledUntil } from "../start/limit.ts";
import { prune } from "../state/prune.ts";
import { dispatch } from "./dispatch.ts";
import { Places } from "./places.ts";
import type { Queue } from "./queue.ts";

const jobsBetweenPruning = 500;
const jobsBetweenBreaks = 100;

const runKey = (runId: string) => `run|${runId}`;

/**
 * Does the jobs that are due, in their order. Calls to apps go on at the same time up to a bound, one per run; a job
 * that finds its place taken steps aside until the place is left.
 */
export class Worker {
  readonly #context: Context;
  readonly #queue: Queue;
  readonly #caller: Caller;
  readonly #inFlight: Set<string>;
  readonly #bound: Slot;
  readonly #places = new Places();
  readonly #parked = new Map<string, Job[]>();
  #begun = 0;
  #state: "open" | "ending" | "closed" = "open";
  #change = Promise.withResolvers<void>();
  #failure: { readonly error: unknown } | undefined;

  constructor(parts: {
    context: Context;
    queue: Queue;
    caller: Caller;
    inFlight: Set<string>;
    concurrency: number;
  }) {
    this.#context = parts.context;
    this.#queue = parts.queue;
    this.#caller = parts.caller;
    this.#inFlight = parts.inFlight;
    this.#bound = { key: "engine", limit: parts.concurrency };
    this.#context.store.jobs.onChange(() => this.wake());
  }

  /** How many jobs were begun so far. */
  get begun(): number {
    return this.#begun;
  }

  /**
   * Works until no job is due and no call is open.
   *
   * @throws what made a change impossible, such as a full disk; the job stays in the queue
   */
  async drain(): Promise<void> {
    for (;;) {
      const job = this.#state === "open" ? this.#queue.take(this.#context.clock.now()) : undefined;
      if (job) this.#begin(job);
      else if (this.#inFlight.size > 0) await this.#change.promise;
      else return;
      this.#throwFailure();
      // Many jobs at once must not keep the HTTP front from answering.
      if (this.#begun % jobsBetweenBreaks === 0) await setImmediate();
    }
  }

  /** Lets a drain that waits for an answer look again, since time has passed. */
  wake(): void {
    this.#change.resolve();
    this.#change = Promise.withResolvers();
  }

  /** Begins nothing any more and waits up to `graceMs` for open calls; what is still open is done again at next start. */
  async close(graceMs: number): Promise<void> {
    this.#state = "ending";
    const timeUp = Promise.withResolvers<void>();
    const timer = setTimeout(timeUp.resolve, graceMs);
    await Promise.race([this.drain(), timeUp.promise]);
    clearTimeout(timer);
    this.#state = "closed";
    this.#caller.close();
  }

  #begin(job: Job): void {
    if (this.#inFlight.has(job.id)) return;
    if (job.kind === "execute") this.#beginCall(job);
    else if (job.kind === "finishTimeout" && this.#places.firstFull([this.#onePerRun(job.runId)])) {
      // A call that began in time may still complete the run.
      this.#park(runKey(job.runId), job);
    } else {
      this.#count();
      this.#context.store.transact(() => {
        this.#context.store.jobs.delete(job.id);
        dispatch(this.#context, job);
      });
    }
  }

  #beginCall(job: Execution): void {
    const { store } = this.#context;
    const run = store.runs.get(job.runId);
    const definition = run && store.definitions.get(run.functionId);
    if (!run || !definition) {
      const error = { name: "Error", message: "the function is not known" };
      store.transact(() => {
        store.jobs.delete(job.id);
        finishRun(this.#context, job.runId, { status: "Failed", error });
      });
      return;
    }
    const slots = [this.#onePerRun(run.id), ...run.slots, this.#bound];
    const full = this.#places.firstFull(slots);
    if (full) {
      this.#park(full, job);
    } else if (run.startedAt !== undefined || this.#start(run, definition, job)) {
      this.#places.take(slots);
      this.#inFlight.add(job.id);
      this.#count();
      void this.#call(job, definition, slots);
    }
  }

  /** Marks a run as begun, unless its function is throttled: then its first call is put off. */
  #start(run: Run, definition: Definition, job: Execution): boolean {
    const { store, clock } = this.#context;
    return store.transact(() => {
      const event = store.events.get(run.eventIds[0] ?? "")?.event;
      const later = event && throttledUntil(this.#context, definition, event);
      if (later !== undefined) {
        store.jobs.put(job.id, { ...job, at: later });
        return false;
      }
      const now = clock.now();
      store.runs.put(run.id, { ...run, startedAt: now });
      const { finish } = definition.timeouts;
      if (finish) enqueue(this.#context, { kind: "finishTimeout", runId: run.id }, now + durationMs(finish));
      return true;
    });
  }

  async #call(job: Execution, definition: Definition, slots: readonly Slot[]): Promise<void> {
    const { store } = this.#context;
    try {
      const run = store.runs.get(job.runId) as Run;
      const reply = await execute(this.#context, this.#caller, run, definition, job);
      if (this.#state !== "closed") store.transact(() => applyReply(this.#context, definition, job, reply));
    } catch (error) {
      this.#failure ??= { error };
    } finally {
      this.#inFlight.delete(job.id);
      this.#places.leave(slots);
      this.#unpark(slots);
      this.wake();
    }
  }

  #onePerRun(runId: string): Slot {
    return { key: runKey(runId), limit: 1 };
  }

  #park(key: string, job: Job): void {
    const others = this.#parked.get(key);
    if (others) others.push(job);
    else this.#parked.set(key, [job]);
  }

  #unpark(slots: readonly Slot[]): void {
    for (const { key } of slots) {
      for (const job of this.#parked.get(key) ?? []) this.#queue.push(job);
      this.#parked.delete(key);
    }
  }

  #count(): void {
    this.#begun += 1;
    if (this.#begun % jobsBetweenPruning === 0) prune(this.#context.store, this.#context.clock.now());
  }

  #throwFailure(): void {
    const failure = this.#failure;
    this.#failure = undefined;
    if (failure) throw failure.error;
  }
}
