import { Alarm } from "../clock/alarm.ts";
import type { Clock, Timekept } from "../clock/index.ts";
import type { Hook } from "./stand-in.ts";

/** As providers do, when whoever they tell does not answer. */
const AGAIN_AFTER_MS = 60_000;
const ATTEMPTS = 5;
const TIMEOUT_MS = 30_000;

/** Something to tell, and when. */
interface Item {
  readonly id: string;
  readonly at: number;
  readonly attempt: number;
}

interface Options<Untold extends Item> {
  readonly source: {
    untold(): Untold[];
    told(item: Untold): void;
    /** Calls back when there is more to tell. */
    onChange(listener: () => void): void;
  };
  /** The call that tells it; `undefined` when there is nothing to say. */
  readonly hookOf: (item: Untold, apiUrl: string, at: number) => Hook | undefined;
  readonly clock: Clock;
  /** Where webhooks go; nobody is told while there is none. */
  readonly apiUrl: () => string | undefined;
}

/** Tells what became of messages and what people wrote, by the clock of this machine. */
export interface Teller extends Timekept {
  /** Begins to tell by itself. */
  start(): void;
  /** Tells nothing by itself any more. */
  stop(): void;
}

export function teller<Untold extends Item>({ source, hookOf, clock, apiUrl }: Options<Untold>): Teller {
  let isLive = false;
  const later = new Map<string, { at: number; attempt: number }>();
  const waiting = (): Untold[] =>
    source
      .untold()
      .map((item) => ({ ...item, ...later.get(item.id) }))
      .sort((a, b) => a.at - b.at);
  const nextDueAt = (): number | undefined => (apiUrl() === undefined ? undefined : waiting()[0]?.at);

  async function tell(item: Untold): Promise<void> {
    const hook = hookOf(item, apiUrl()!, clock.now());
    if (!hook || (await isHeard(hook)) || item.attempt + 1 >= ATTEMPTS) {
      later.delete(item.id);
      source.told(item);
      return;
    }
    later.set(item.id, { at: clock.now() + AGAIN_AFTER_MS, attempt: item.attempt + 1 });
  }

  // One after the other: a provider tells in the order in which things happened.
  let last: Promise<unknown> = Promise.resolve();
  const runDue = (): Promise<number> => {
    const run = last.then(runAll, runAll);
    last = run.then(arm, arm);
    return run;
  };
  const runAll = async (): Promise<number> => {
    let count = 0;
    for (;;) {
      const [next] = waiting();
      if (apiUrl() === undefined || !next || next.at > clock.now()) return count;
      await tell(next);
      count++;
    }
  };

  const alarm = new Alarm(clock, () => {
    runDue().catch((error: unknown) => {
      console.error("A provider could not tell what became of a message:", error);
      alarm.snooze();
    });
  });
  const arm = (): void => {
    if (isLive) alarm.set(nextDueAt());
  };
  source.onChange(arm);

  return {
    nextDueAt,
    runDue,
    start() {
      isLive = true;
      arm();
    },
    stop() {
      isLive = false;
      alarm.clear();
    },
  };
}

/** Whether whoever is told has taken it, or says that they never will. */
async function isHeard({ url, headers, body }: Hook): Promise<boolean> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers,
      body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.body?.cancel();
    return response.status < 500 && response.status !== 429;
  } catch {
    return false;
  }
}
