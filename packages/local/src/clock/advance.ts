import type { MovableClock } from "./clock.ts";

/** What runs when its time comes. */
export interface Timekept {
  /** When the next thing falls due (epoch milliseconds), or `undefined` when nothing waits. */
  nextDueAt(): number | undefined;
  /** Runs what is due, and what follows from it at once. Returns how much that was. */
  runDue(): Promise<number>;
}

/** Several of them as one. */
export const allOf = (...parts: readonly Timekept[]): Timekept => ({
  nextDueAt() {
    const moments = parts.map((part) => part.nextDueAt()).filter((moment) => moment !== undefined);
    return moments.length > 0 ? Math.min(...moments) : undefined;
  },
  async runDue() {
    let count = 0;
    for (const part of parts) count += await part.runDue();
    return count;
  },
});

interface World {
  readonly clock: MovableClock;
  readonly engine: Timekept;
  /** Passes on what the runs have written. Returns how much that was. */
  readonly flush: () => Promise<number>;
}

/** Runs everything that is due, until nothing new follows from it. */
export async function settle({ engine, flush }: World): Promise<void> {
  while ((await flush()) + (await engine.runDue()) > 0);
}

/**
 * Moves the clock to `target` (epoch milliseconds), stopping at every moment at which something falls due: what ten
 * days would do is done, in its order and at its time.
 */
export async function advanceTo(world: World, target: number): Promise<void> {
  const { clock, engine } = world;
  await settle(world);
  for (;;) {
    const next = engine.nextDueAt();
    if (next === undefined || next > target) break;
    clock.moveTo(next);
    await settle(world);
  }
  clock.moveTo(target);
  await settle(world);
}
