import { type Context, type Outbox, SHARDS } from "@turno/core/platform";
import { relayOnce } from "@turno/functions";

/** What the stream and its Lambda do on AWS: passes on what the outbox holds. */
export interface Relay {
  /** Says that something was written into a shard of the outbox: it is passed on at once. */
  heard(shard: string): void;
  /** Passes on what was written since the last time. Returns how many facts that were. */
  flush(): Promise<number>;
  stop(): Promise<void>;
}

interface Options {
  readonly context: Context;
  readonly publish: Outbox.Publish;
  /** How often it looks without having heard of anything: for what another process wrote, or an earlier one. */
  readonly intervalMs?: number;
  readonly report: (error: unknown) => void;
}

/**
 * Polls the outbox when told that there is something: the embedded database's stream makes every write slower the more
 * records it has.
 *
 * One look at a time; what fails waits for the next.
 */
export function startRelay({ context, publish, intervalMs = 2_000, report }: Options): Relay {
  let last: Promise<number> = Promise.resolve(0);
  let behind = new Set<string>(SHARDS);
  let isAwaited = false;
  let isStopped = false;

  const look = async (): Promise<number> => {
    if (behind.size === 0) return 0;
    const shards = [...behind];
    behind = new Set();
    try {
      return await relayOnce(context, publish, shards);
    } catch (error) {
      for (const shard of shards) behind.add(shard);
      throw error;
    }
  };
  const flush = (): Promise<number> => {
    last = last.catch(() => 0).then(look);
    return last;
  };
  const flushQuietly = async (): Promise<void> => {
    try {
      await flush();
    } catch (error) {
      if (!isStopped) report(error);
    }
  };
  const timer = setInterval(() => {
    for (const shard of SHARDS) behind.add(shard);
    return flushQuietly();
  }, intervalMs);

  return {
    flush,
    heard(shard) {
      behind.add(shard);
      if (isAwaited || isStopped) return;
      isAwaited = true;
      // Once for all that is written in this turn.
      setImmediate(() => {
        isAwaited = false;
        return isStopped ? undefined : flushQuietly();
      });
    },
    async stop() {
      isStopped = true;
      clearInterval(timer);
      await last.catch(() => 0);
    },
  };
}
