import type { Context, Outbox } from "@turno/core/platform";
import { relayOnce } from "@turno/functions";

/** What the stream and its Lambda do on AWS: passes on what the outbox holds. */
export interface Relay {
  /** Says that something may have been written: it is passed on at once. */
  nudge(): void;
  /** Passes on everything that waits. Returns how many facts that were. */
  flush(): Promise<number>;
  stop(): Promise<void>;
}

interface Options {
  readonly context: Context;
  readonly publish: Outbox.Publish;
  /** How often it looks without being nudged. */
  readonly intervalMs?: number;
  readonly report: (error: unknown) => void;
}

/**
 * Polls the outbox: the embedded database's stream makes every write slower the more records it has.
 *
 * One flush at a time; what fails waits for the next look.
 */
export function startRelay({ context, publish, intervalMs = 1_000, report }: Options): Relay {
  let last: Promise<number> = Promise.resolve(0);
  let nudged = false;
  let stopped = false;

  const flush = (): Promise<number> => {
    last = last.catch(() => 0).then(() => relayOnce(context, publish));
    return last;
  };
  const look = async (): Promise<void> => {
    try {
      await flush();
    } catch (error) {
      if (!stopped) report(error);
    }
  };
  const nudge = (): void => {
    if (nudged || stopped) return;
    nudged = true;
    // After the answer that was just given, and once for all answers until the look under way is over.
    setImmediate(async () => {
      await last.catch(() => 0);
      nudged = false;
      if (!stopped) await look();
    });
  };
  const timer = setInterval(nudge, intervalMs);

  return {
    flush,
    nudge,
    async stop() {
      stopped = true;
      clearInterval(timer);
      await last.catch(() => 0);
    },
  };
}
