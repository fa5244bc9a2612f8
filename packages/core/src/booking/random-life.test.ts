import * as fc from "fast-check";
import { expect, test } from "vitest";
import { nextDate, startOfDay } from "../platform/index.ts";
import { Listing } from "../scheduling/index.ts";
import { ask, outcomesOf } from "../testing/index.ts";
import { act, type Deed, rounds } from "../testing/random-life/deeds.ts";
import { expectInvariants } from "../testing/random-life/invariants.ts";
import { DAYS, openWorld, type World } from "../testing/random-life/world.ts";

const LIVES = 8;
const ROUNDS = 80;
const CHECKED_EVERY = 20;

/** What is listed when all is quiet can really be had. */
async function expectListedIsFree({ context, calendars }: World): Promise<void> {
  for (const { practice, services } of calendars) {
    const { items } = await Listing.list(context, practice, {
      from: startOfDay(DAYS.from, practice.timezone),
      to: startOfDay(nextDate(DAYS.to), practice.timezone),
      limit: 100,
    });
    for (const { serviceId, startTime } of items.slice(0, 1)) {
      const service = services.find((candidate) => candidate.serviceId === serviceId)!;
      expect(await outcomesOf([ask(context, practice, service, startTime)])).toEqual(["done"]);
    }
  }
}

/** Says how to see it again: rounds that are done at once may end differently each time. */
function reporter({ failed, seed, counterexamplePath, errorInstance }: fc.RunDetails<[Deed[][]]>): void {
  if (failed)
    throw new Error(`failed with seed ${seed}, path ${counterexamplePath}`, { cause: errorInstance });
}

async function live(world: World, life: readonly Deed[][]): Promise<void> {
  for (const [index, round] of life.entries()) {
    try {
      await Promise.all(round.map((deed) => act(world, deed)));
      if (index % CHECKED_EVERY === CHECKED_EVERY - 1) await expectInvariants(world);
    } catch (cause) {
      throw new Error(`in round ${index}: ${JSON.stringify(round)}`, { cause });
    }
  }
}

test("whatever many do at once, in whatever order, what always holds still holds", async () => {
  const total = { done: 0, refused: 0 };
  const lives = fc.asyncProperty(rounds(ROUNDS), async (life) => {
    const world = await openWorld();
    await live(world, life);
    for (const counts of world.done.values()) total.done += counts;
    for (const counts of world.refused.values()) total.refused += counts;
    await expectListedIsFree(world);
  });
  await fc.assert(lives, { seed: 20_260_302, numRuns: LIVES, endOnFailure: true, reporter });
  expect(total.done).toBeGreaterThan(1_000);
  expect(total.refused).toBeGreaterThan(500);
});
