import { idFrom, Outbox, SHARDS, shardOf, ulidIn } from "@turno/core/platform";
import { meter, type TestContext, testContext } from "@turno/core/testing";
import { expect, onTestFinished, test } from "vitest";
import { startRelay } from "./index.ts";

const NEVER_MS = 2 ** 31 - 1;

function start(context: TestContext, publish: Outbox.Publish, report = (_: unknown): void => undefined) {
  const relay = startRelay({ context, publish, report, intervalMs: NEVER_MS });
  onTestFinished(() => relay.stop());
  return relay;
}

/** Writes a fact that has one event. Returns the shard that it went to. */
async function tell(context: TestContext): Promise<string> {
  const profileId = idFrom("profile", context.newUlid());
  await Outbox.announce(context, {
    organizationId: idFrom("organization", context.newUlid()),
    about: profileId,
    event: "slot/expired-cleanup",
    step: "test",
    at: context.now(),
    data: { profileId, expiredSlotIds: [], cleanupDate: "2026-03-01" },
  });
  return shardOf(ulidIn(profileId));
}

test("answers that come while it passes on are followed by one more look, however many they are", async () => {
  const context = await testContext();
  const published: number[] = [];
  const begun = Promise.withResolvers<void>();
  const go = Promise.withResolvers<void>();
  const relay = start(context, async (events) => {
    published.push(events.length);
    begun.resolve();
    await go.promise;
  });
  relay.heard(await tell(context));
  await begun.promise;
  const shards = [await tell(context), await tell(context)];
  const asked = meter(context);
  for (let answers = 0; answers < 100; answers++) {
    relay.heard(shards[answers % 2]!);
    await new Promise(setImmediate);
  }
  go.resolve();
  await expect.poll(() => published).toEqual([1, 2]);
  expect(await relay.flush()).toBe(0);
  // What was told is settled, then the shards that were heard of are asked; the flush has none to ask.
  expect(asked.take().roundTrips).toBeLessThan(SHARDS.length);
});

test("what fails is reported and waits for the next look", async () => {
  const context = await testContext();
  const reported: unknown[] = [];
  let isUp = false;
  const relay = start(
    context,
    async () => {
      if (!isUp) throw new Error("down");
    },
    (error) => reported.push(error),
  );
  relay.heard(await tell(context));
  await expect.poll(() => reported).toHaveLength(1);
  isUp = true;
  expect(await relay.flush()).toBe(1);
});

test("facts that it is told are passed on without asking for them, and looked for when that fails", async () => {
  const context = await testContext();
  await tell(context);
  const published: number[] = [];
  let isUp = true;
  const relay = start(context, async (events) => {
    if (!isUp) throw new Error("down");
    published.push(events.length);
  });
  expect(await relay.flush()).toBe(1);
  await tell(context);
  const [fact] = await Outbox.waiting(context, 0);
  const asked = meter(context);
  relay.told(fact!);
  expect(await relay.flush()).toBe(1);
  expect(asked.take().roundTrips).toBe(1);
  await tell(context);
  const [later] = await Outbox.waiting(context, 0);
  isUp = false;
  relay.told(later!);
  await expect(relay.flush()).rejects.toThrow("down");
  isUp = true;
  expect(await relay.flush()).toBe(1);
  expect(published).toEqual([1, 1, 1]);
});
