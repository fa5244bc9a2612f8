import { randomInt } from "node:crypto";
import { monotonicFactory } from "ulid";
import { Alarm } from "../clock/alarm.ts";
import type { Clock } from "../clock/clock.ts";
import { type Caller, HttpCaller } from "./call/call.ts";
import { hashedKey } from "./call/signature.ts";
import type { Context } from "./context.ts";
import { syncApp } from "./definition/sync.ts";
import { routesOf } from "./http/routes.ts";
import { type Front, serveRoutes } from "./http/server.ts";
import { type RunFilter, type RunView, viewRuns } from "./http/view.ts";
import { longestWait } from "./run/wait.ts";
import { prune } from "./state/prune.ts";
import { Store } from "./state/store.ts";
import { Queue } from "./work/queue.ts";
import { Worker } from "./work/worker.ts";

export interface EngineOptions {
  /** All timers run in this clock's time. */
  clock: Clock;
  /** A directory of the engine's own, for one engine at a time. */
  stateDir: string;
  /** A free one if not given. */
  port?: number;
  host?: string;
  /** `signkey-<env>-<hex>`: calls are signed, and the API asks for the key. */
  signingKey?: string;
  /** From 0 to 1: how much of half a minute is added to each wait before a retry. */
  jitter?: () => number;
  /** How many calls to apps may be open at a time; 8 if not given. */
  concurrency?: number;
  /** How apps are called; over HTTP if not given. Whoever gives it ends the calls that a closed engine leaves. */
  send?: Caller["send"];
  /** The longest sleep in milliseconds: the service's 366 days if not given; seven days is that of its free plan. */
  maxSleepMs?: number;
}

const closeGraceMs = 2000;

/**
 * The workflow service of one machine. It speaks the Inngest server's HTTP protocol, keeps runs on disk, and does what
 * is due either when told (`runDue`, for a clock that is moved) or by itself (`start`).
 */
export class Engine {
  readonly #context: Context;
  readonly #queue: Queue;
  readonly #caller: Caller;
  readonly #worker: Worker;
  readonly #alarm: Alarm;
  #front: Front | undefined;
  #loop: Promise<void> | undefined;
  #isOpen = true;
  #isLive = false;

  constructor(options: EngineOptions) {
    const { clock, stateDir, concurrency = 8, signingKey, jitter = Math.random } = options;
    const store = new Store(stateDir);
    this.#caller = options.send ? { send: options.send, close: () => undefined } : new HttpCaller();
    const inFlight = new Set<string>();
    const newUlid = monotonicFactory(() => randomInt(32) / 32);
    const settings = { jitter, maxSleepMs: options.maxSleepMs ?? longestWait, signingKey };
    this.#context = { clock, store, settings, inFlight, newId: () => newUlid(clock.now()) };
    this.#queue = new Queue(store.jobs);
    this.#worker = new Worker({
      context: this.#context,
      queue: this.#queue,
      caller: this.#caller,
      inFlight,
      concurrency,
    });
    this.#alarm = new Alarm(clock, () => this.#ring());
    store.jobs.onChange(() => this.#arm());
  }

  /** Reads the state and opens the HTTP front. @throws JournalUnreadable, and the network's error for a taken port */
  async open({ host = "127.0.0.1", port = 0 }: Pick<EngineOptions, "host" | "port">): Promise<this> {
    const { store, clock, settings } = this.#context;
    const keys = settings.signingKey ? [settings.signingKey, hashedKey(settings.signingKey)] : [];
    try {
      store.load();
      prune(store, clock.now());
      this.#front = await serveRoutes(
        routesOf(this.#context),
        { host, port },
        {
          kind: settings.signingKey ? "cloud" : "dev",
          isAllowed: (header) => keys.length === 0 || keys.some((key) => header === `Bearer ${key}`),
        },
      );
    } catch (error) {
      store.close();
      throw error;
    }
    return this;
  }

  /** Where events are sent and apps register: the value of INNGEST_DEV or INNGEST_BASE_URL. */
  get url(): string {
    if (!this.#front) throw new Error("the engine is not open");
    return this.#front.url;
  }

  /** For clients of this process: takes events and all else as its HTTP front does, without the network. */
  readonly fetch: typeof fetch = (input, init) => {
    if (!this.#front) throw new Error("the engine is not open");
    return this.#front.fetch(input, init);
  };

  /** Takes the functions of the app served at a URL. @throws SyncRefused with what the service would refuse too */
  async sync(appUrl: string): Promise<void> {
    await syncApp(this.#context, this.#caller, appUrl);
  }

  /** The moment (epoch milliseconds) of the first job; undefined when nothing is planned. */
  nextDueAt(): number | undefined {
    return this.#queue.peek()?.at;
  }

  /**
   * Does everything that is due now and what follows from it, until nothing is left and no call is open. Gives how many
   * jobs that were.
   */
  async runDue(): Promise<number> {
    const before = this.#worker.begun;
    do {
      if (this.#loop !== undefined) this.#worker.wake();
      this.#loop ??= this.#work();
      await this.#loop;
    } while (this.#isOpen && this.#hasDue());
    return this.#worker.begun - before;
  }

  /** Begins to do what is due by itself, in the clock's time. */
  start(): void {
    this.#isLive = true;
    this.#arm();
  }

  /** Does nothing by itself any more; what is under way goes on. */
  stop(): void {
    this.#isLive = false;
    this.#alarm.clear();
  }

  /** The newest runs with their steps. */
  runs(filter: RunFilter = {}): RunView[] {
    return viewRuns(this.#context.store, filter);
  }

  /** Everything that is on disk, as text: events, runs and their history since the file was last rewritten. */
  inspect(): string {
    return this.#context.store.text();
  }

  /** Ends the engine. Calls that do not end within two seconds are left and made again by the next engine. */
  async close(): Promise<void> {
    this.#isOpen = false;
    this.stop();
    await this.#worker.close(closeGraceMs);
    await this.#front?.close();
    this.#context.store.close();
  }

  #hasDue(): boolean {
    const at = this.nextDueAt();
    return at !== undefined && at <= this.#context.clock.now();
  }

  async #work(): Promise<void> {
    try {
      await this.#worker.drain();
    } finally {
      this.#loop = undefined;
      this.#arm();
    }
  }

  /** Sets the alarm for the first job. A loop that waits for a long call needs it too. */
  #arm(): void {
    if (this.#isLive) this.#alarm.set(this.nextDueAt());
  }

  #ring(): void {
    this.runDue().catch((error: unknown) => {
      console.error("The workflow engine could not go on:", error);
      this.#alarm.snooze();
    });
    this.#arm();
  }
}

/** Opens the engine of a state directory: what it had begun goes on, what was in flight is done again. */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  return await new Engine(options).open(options);
}
