import { idFrom, Outbox } from "@turno/core/platform";
import { anOpenDay, ask, type TestContext, testContext } from "@turno/core/testing";
import { expect, test } from "vitest";
import { watchOutbox } from "./index.ts";

function watched(context: TestContext) {
  const told: Outbox.Fact[] = [];
  const heard: string[] = [];
  watchOutbox(context.dynamo, {
    told: (fact) => void told.push(fact),
    heard: (shard) => void heard.push(shard),
  });
  return { told, heard };
}

const announce = (context: TestContext, organizationId: string, profileId: string) =>
  Outbox.announce(context, {
    organizationId,
    about: profileId,
    event: "slot/expired-cleanup",
    step: "test",
    at: context.now(),
    data: { profileId, expiredSlotIds: [], cleanupDate: "2026-03-01" },
  });

test("a fact is handed on as it stands in the outbox, whether it came with a change or was announced", async () => {
  const context = await testContext();
  const { practice, service } = await anOpenDay(context, "2026-03-03");
  await Outbox.relay(context, async () => undefined, await Outbox.waiting(context, 0));
  const { told, heard } = watched(context);
  await ask(context, practice, service, "2026-03-03T15:00:00.000Z");
  await announce(context, practice.organizationId, idFrom("profile", context.newUlid()));
  expect(told.map(({ events }) => events[0])).toEqual([
    "reservation/request-created",
    "slot/expired-cleanup",
  ]);
  const byId = (a: Outbox.Fact, b: Outbox.Fact) => (a.factId < b.factId ? -1 : 1);
  expect(told.toSorted(byId)).toEqual((await Outbox.waiting(context, 0)).toSorted(byId));
  expect(heard).toEqual([]);
});

test("a fact whose write may be there although it failed is only heard of", async () => {
  const context = await testContext();
  const { practice } = await anOpenDay(context, "2026-03-03");
  const { told, heard } = watched(context);
  context.dynamo.middlewareStack.add(
    (next) => async (args) => {
      await next(args);
      throw new Error("The answer got lost.");
    },
    { step: "finalizeRequest", priority: "high" },
  );
  await expect(announce(context, practice.organizationId, practice.profileId)).rejects.toThrow("lost");
  expect(told).toEqual([]);
  expect(heard).toHaveLength(1);
});

test("reading, and writing anything else, is not heard of", async () => {
  const context = await testContext();
  const { told, heard } = watched(context);
  await Outbox.waiting(context, 0);
  expect([...told, ...heard]).toEqual([]);
});
