import { type Context, Outbox, SHARDS } from "@turno/core/platform";
import { relayOnce } from "@turno/functions";

/** What the stream and its Lambda do on AWS: passes on what the outbox holds. */
export interface Relay {
  /** Takes a fact that was written into the outbox: it is passed on at once. */
  told(fact: Outbox.Fact): void;
  /** Says that something may have been written into a shard of the outbox: it is looked for at once. */
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
 * Passes on the facts that it is told, and polls the outbox for what it may have missed: the embedded database's stream
 * makes every write slower the more records it has.
 *
 * One look at a time; what fails is looked for with the next.
 */
export function startRelay({ context, publish, intervalMs = 2_000, report }: Options): Relay {
  let last: Promise<number> = Promise.resolve(0);
  let behind = new Set<string>(SHARDS);
  let news: Outbox.Fact[] = [];
  let isAwaited = false;
  let isStopped = false;

  const look = async (): Promise<number> => {
    const shards = [...behind];
    const facts = news.filter(({ shard }) => !behind.has(shard));
    behind = new Set();
    news = [];
    try {
      if (facts.length > 0) await Outbox.relay(context, publish, facts);
      return facts.length + (shards.length > 0 ? await relayOnce(context, publish, shards) : 0);
    } catch (error) {
      for (const shard of [...shards, ...facts.map((fact) => fact.shard)]) behind.add(shard);
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

  const flushSoon = (): void => {
    if (isAwaited || isStopped) return;
    isAwaited = true;
    // Once for all that is written in this turn.
    setImmediate(() => {
      isAwaited = false;
      return isStopped ? undefined : flushQuietly();
    });
  };

  return {
    flush,
    told(fact) {
      news.push(fact);
      flushSoon();
    },
    heard(shard) {
      behind.add(shard);
      flushSoon();
    },
    async stop() {
      isStopped = true;
      clearInterval(timer);
      await last.catch(() => 0);
    },
  };
}
