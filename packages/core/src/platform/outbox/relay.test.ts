import { expect, test } from "vitest";
import { testContext } from "../../testing/index.ts";
import type { OutgoingEvent } from "../events/index.ts";
import { commit, Outbox } from "../index.ts";

const ROMA = "org_01JDWXR3M8Q6V9T2KZB4N7HC5E";

const given = async () => {
  const context = await testContext();
  const sent: OutgoingEvent[] = [];
  const write = async (slots: number[], changes = {}) => {
    const rows = slots.map((slot) => ({
      organizationId: ROMA,
      about: `prf_01JDWXR3M8Q6V9T2KZB4N7H${String(slot).padStart(3, "0")}`,
      events: ["slot/released" as const],
      data: {
        slotId: `slot ${slot}`,
        profileId: "prf_1",
        serviceId: "svc_1",
        startTime: "2026-03-03T15:00:00.000Z",
        reason: "cancelled" as const,
        ...changes,
      },
    }));
    await commit(
      context,
      rows.map((row) => Outbox.tell(context, { kind: "system" }, row)),
    );
  };
  const relay = async (publish: Outbox.Publish = async (events) => void sent.push(...events)) =>
    Outbox.relay(context, publish, await Outbox.waiting(context, 0));
  const factsSent = () => new Set(sent.map(({ id }) => id.replace("slot/released:", "")));
  return { context, sent, write, relay, factsSent };
};

const upTo = (count: number) => [...Array(count).keys()];

test("more facts than one transaction takes are all told once", async () => {
  const { context, sent, write, relay, factsSent } = await given();
  await write(upTo(60));
  await write(upTo(60));
  await relay();
  expect(factsSent().size).toBe(120);
  expect(sent).toHaveLength(120);
  expect(await Outbox.waiting(context, 0)).toEqual([]);
});

test("what was not accepted stays and is told the next time", async () => {
  const { context, write, relay, factsSent } = await given();
  await write(upTo(3));
  const down = () => Promise.reject(new Error("nobody answers"));
  await expect(relay(down)).rejects.toThrow("nobody answers");
  expect(await Outbox.waiting(context, 0)).toHaveLength(3);
  await relay();
  expect(factsSent().size).toBe(3);
});

test("a fact that makes no event holds up none of the others, and stays to be seen", async () => {
  const { context, write, relay, factsSent } = await given();
  await write([1]);
  await write([2], { reason: "no reason we know" });
  await write([3]);
  const error = await relay().catch((thrown: unknown) => thrown);
  const [left, ...others] = await Outbox.waiting(context, 0);
  expect(others).toEqual([]);
  expect(error).toMatchObject({ name: "Untold", facts: [{ factId: left!.factId }] });
  expect(factsSent().size).toBe(2);
});
