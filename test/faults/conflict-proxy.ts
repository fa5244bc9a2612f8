import type { ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { listen, readBody } from "@turno/local/server";
import {
  conflictReason,
  throttling,
  throttlingReason,
  throughputExceeded,
  transactionCanceled,
  transactionConflict,
} from "./aws-errors.ts";
import { createItemKeys, type ItemKeys } from "./item-keys.ts";
import { createItemLocks, type ItemLocks } from "./item-locks.ts";
import { seededRandom } from "./random.ts";
import { connectTo, readWireCall, type WireAnswer, type WireCall, type WireTarget } from "./wire.ts";

export interface ConflictProxyOptions {
  /** The endpoint of the database. */
  target: string;
  /** How long a transaction takes, and holds its items. */
  latencyMs: number;
  /** How long every other call takes. */
  readLatencyMs: number;
  /** The share of calls that are refused for going too fast, from 0 to 1. */
  throttleRate: number;
  /** The share of writes that are done and never answered, from 0 to 1. */
  lostResponseRate: number;
  seed: number;
}

export interface ConflictCounters {
  /** Transactions that began. */
  transactions: number;
  /** Transactions that were cancelled because another one held an item. */
  transactionConflicts: number;
  /** Writes of one item that were refused because a transaction held it. */
  writeConflicts: number;
  throttled: number;
  lostResponses: number;
}

export interface ConflictProxy {
  endpoint: string;
  counters: Readonly<ConflictCounters>;
  /** Ends at once, also the calls that are under way. */
  close(): Promise<void>;
}

interface Proxy {
  options: ConflictProxyOptions;
  target: WireTarget;
  itemKeys: ItemKeys;
  locks: ItemLocks;
  random: () => number;
  counters: ConflictCounters;
  pause: (ms: number) => Promise<void>;
}

const SINGLE_WRITES = new Set(["PutItem", "UpdateItem", "DeleteItem"]);
const WRITES = new Set([...SINGLE_WRITES, "BatchWriteItem", "TransactWriteItems"]);
const READS = new Set(["GetItem", "BatchGetItem", "Query", "Scan", "TransactGetItems"]);
const MAX_BODY_BYTES = 20 * 1024 * 1024;

/**
 * Starts a proxy in front of an embedded database that adds what only AWS does: items that a transaction holds,
 * throttling, and answers that get lost. Chance comes from the seed.
 *
 * A transaction on a held item is cancelled with one reason for each of its items; a write of that item alone is
 * refused; reads go through, except those of TransactGetItems.
 * Source: docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html
 */
export async function startConflictProxy(options: ConflictProxyOptions): Promise<ConflictProxy> {
  const closing = new AbortController();
  const target = connectTo(options.target);
  const proxy: Proxy = {
    options,
    target,
    itemKeys: createItemKeys(target),
    locks: createItemLocks(),
    random: seededRandom(options.seed),
    counters: { transactions: 0, transactionConflicts: 0, writeConflicts: 0, throttled: 0, lostResponses: 0 },
    pause: (ms) => wait(ms, undefined, { signal: closing.signal }),
  };
  const server = await listen(async (request, response) => {
    const call = readWireCall(request, await readBody(request, MAX_BODY_BYTES));
    try {
      await send(proxy, call, response);
    } catch (error) {
      if (!closing.signal.aborted) throw error;
      response.destroy();
    }
  });
  return {
    endpoint: server.url,
    counters: proxy.counters,
    async close() {
      closing.abort();
      target.close();
      await server.close();
    },
  };
}

async function send(proxy: Proxy, call: WireCall, response: ServerResponse): Promise<void> {
  const { status, headers, body } = await respond(proxy, call);
  if (status === 200 && WRITES.has(call.operation) && proxy.random() < proxy.options.lostResponseRate) {
    proxy.counters.lostResponses++;
    response.destroy();
    return;
  }
  response.writeHead(status, headers).end(body);
}

async function respond(proxy: Proxy, call: WireCall): Promise<WireAnswer> {
  const { operation } = call;
  if (!WRITES.has(operation) && !READS.has(operation)) return proxy.target.send(call);
  if (proxy.random() < proxy.options.throttleRate) return throttle(proxy, call);
  if (operation === "TransactWriteItems") return transact(proxy, call);

  await proxy.pause(proxy.options.readLatencyMs);
  if (operation === "TransactGetItems") {
    const conflicts = proxy.locks.held(await proxy.itemKeys(call));
    if (conflicts.includes(true)) return cancel(proxy, conflicts);
  }
  if (SINGLE_WRITES.has(operation) && proxy.locks.held(await proxy.itemKeys(call)).includes(true)) {
    proxy.counters.writeConflicts++;
    return transactionConflict();
  }
  return proxy.target.send(call);
}

/** Between looking for holders and taking the items there is no await, so that of two rivals one sees the other. */
async function transact(proxy: Proxy, call: WireCall): Promise<WireAnswer> {
  const { latencyMs } = proxy.options;
  const keys = await proxy.itemKeys(call);
  const conflicts = proxy.locks.held(keys);
  if (conflicts.includes(true)) {
    await proxy.pause(latencyMs / 2);
    return cancel(proxy, conflicts);
  }
  const release = proxy.locks.take(keys);
  proxy.counters.transactions++;
  try {
    await proxy.pause(latencyMs / 2);
    const answer = await proxy.target.send(call);
    await proxy.pause(latencyMs / 2);
    return answer;
  } finally {
    release();
  }
}

function cancel({ counters }: Proxy, conflicts: readonly boolean[]): WireAnswer {
  counters.transactionConflicts++;
  return transactionCanceled(conflicts.map(conflictReason));
}

/** A transaction is throttled as a whole or for one of its items. */
async function throttle({ random, counters, itemKeys }: Proxy, call: WireCall): Promise<WireAnswer> {
  counters.throttled++;
  const kind = random();
  if (call.operation === "TransactWriteItems" && kind < 0.5) {
    const { length } = await itemKeys(call);
    const throttled = Math.floor(random() * length);
    return transactionCanceled(Array.from({ length }, (_, index) => throttlingReason(index === throttled)));
  }
  return kind < 0.75 ? throttling() : throughputExceeded();
}
