import { expect, test } from "vitest";
import { testContext } from "../../testing/index.ts";
import type { OutgoingEvent } from "../events/index.ts";
import { Audit, Outbox } from "../index.ts";

const ROMA = "org_01JDWXR3M8Q6V9T2KZB4N7HC5E";
const REQUEST = "req_01JDWXR3M8Q6V9T2KZB4N7HC5E";

const expired = (step: string) => ({
  organizationId: ROMA,
  about: REQUEST,
  event: "doctor/request-expired" as const,
  step,
  at: "2026-03-02T14:00:00.000Z",
  data: {
    profileId: "prf_1",
    doctorName: "Dra. Ana Torres",
    requestId: REQUEST,
    patientName: "Lucía Ramírez",
    expiredAt: "2026-03-02T14:00:00.000Z",
  },
});

const given = async () => {
  const context = await testContext();
  const sent: OutgoingEvent[] = [];
  const relay = async () => {
    const facts = await Outbox.waiting(context, 0);
    await Outbox.relay(context, async (events) => void sent.push(...events), facts);
  };
  return { context, sent, relay };
};

test("a fact announced twice is one row, sealed when it leaves and kept in the audit log", async () => {
  const { context, sent, relay } = await given();
  await Outbox.announce(context, expired("request-expiration:announce"));
  await Outbox.announce(context, expired("request-expiration:announce"));
  await relay();
  expect(sent).toHaveLength(1);
  expect(sent[0]).toMatchObject({ name: "doctor/request-expired", ts: Date.parse("2026-03-02T14:00:00Z") });
  expect(JSON.stringify(sent)).not.toContain("Lucía");
  expect(await Audit.trail(context, ROMA, REQUEST)).toMatchObject([
    { action: "doctor/request-expired", by: "system" },
  ]);
});

test("announced again after it was sent, it has the same event id", async () => {
  const { context, sent, relay } = await given();
  for (const _ of [1, 2]) {
    await Outbox.announce(context, expired("request-expiration:announce"));
    await relay();
    context.pass({ hours: 1 });
  }
  expect(sent).toHaveLength(2);
  expect(sent[1]!.id).toBe(sent[0]!.id);
  expect(await Audit.trail(context, ROMA, REQUEST)).toHaveLength(1);
});

test("another step's announcement is another fact", async () => {
  const { context, sent, relay } = await given();
  await Outbox.announce(context, expired("one"));
  await Outbox.announce(context, expired("two"));
  await relay();
  expect(new Set(sent.map(({ id }) => id)).size).toBe(2);
});

test("an announcement that nobody relays is swept", async () => {
  const { context, sent } = await given();
  await Outbox.announce(context, expired("one"));
  await Outbox.sweep(context, async (events) => void sent.push(...events));
  expect(sent).toHaveLength(1);
});
