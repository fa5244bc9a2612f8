import { idFrom, Outbox } from "@turno/core/platform";
import { anOpenDay, ask, testContext } from "@turno/core/testing";
import { expect, test } from "vitest";
import { watchOutbox } from "./index.ts";

test("a fact is heard of, whether it came with a change or was announced", async () => {
  const context = await testContext();
  const { practice, service } = await anOpenDay(context, "2026-03-03");
  let heard = 0;
  watchOutbox(context.dynamo, () => heard++);
  await ask(context, practice, service, "2026-03-03T15:00:00.000Z");
  expect(heard).toBe(1);
  await Outbox.announce(context, {
    organizationId: practice.organizationId,
    about: idFrom("profile", context.newUlid()),
    event: "slot/expired-cleanup",
    step: "test",
    at: context.now(),
    data: { profileId: practice.profileId, expiredSlotIds: [], cleanupDate: "2026-03-01" },
  });
  expect(heard).toBe(2);
});

test("reading, and writing anything else, is not heard of", async () => {
  const context = await testContext();
  let heard = 0;
  watchOutbox(context.dynamo, () => heard++);
  await Outbox.waiting(context, 0);
  expect(heard).toBe(0);
});
