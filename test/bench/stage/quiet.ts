import { setTimeout as wait } from "node:timers/promises";
import type { Caller } from "./caller.ts";

const PATIENCE_MS = 300_000;

/**
 * Returns when no workflow has anything to do at this moment: of the runs that are not over every one sleeps, and a
 * moment later still, since an event may be on its way to begin another.
 *
 * Throws when that does not happen.
 */
export async function quiet(caller: Caller): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  for (let looks = 0; looks < 2; await wait(50)) {
    const { items } = await caller.take<{ items: { sleepingUntil?: string }[] }>(
      "GET",
      "/_local/runs?status=running",
    );
    looks = items.every(({ sleepingUntil }) => sleepingUntil) ? looks + 1 : 0;
    if (performance.now() > deadline) throw new Error("the workflows do not come to rest");
  }
}
