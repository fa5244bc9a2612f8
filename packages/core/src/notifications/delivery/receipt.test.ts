import { beforeEach, describe, expect, test } from "vitest";
import { outgoing } from "../../platform/events/index.ts";
import { type TestContext, testContext } from "../../testing/context.ts";
import { allRows, factsOf, toldEvents } from "../../testing/rows.ts";
import { TryLater } from "../channel/index.ts";
import { Contact } from "../index.ts";
import { abandon, find, ofAppointment, pending, type Receipt, receipt, send } from "./index.ts";
import { anOrder, appointmentId } from "./order.fixture.ts";
import { idOf, type Providers, someProviders } from "./provider.fixture.ts";

let context: TestContext;
let providers: Providers;

beforeEach(async () => {
  context = await testContext();
  providers = someProviders();
});

const messaging = {
  whatsapp: { provider: "meta", sender: "+525550000000" },
  sms: { provider: "twilio", sender: "+525550000001" },
} as const;

const NOON = "2026-03-02T18:00:00.000Z";

const { organizationId, about } = anOrder();
const sent = (changes = {}) => send(context, providers.channels, anOrder({ messaging, ...changes }));
const row = async () => (await ofAppointment(context, { kind: "system" }, appointmentId))[0]!;
const named = async () => ({ notificationId: (await row()).notificationId, about, appointmentId });

/** What the provider says of the message that it got last, or of the one with this index. */
const reported = (status: Receipt["status"], changes: Partial<Receipt> = {}, index = -1) => {
  const message = providers.calls.at(index)!;
  const provider = message.channel === "whatsapp" ? "meta" : "twilio";
  return receipt(context, { provider, providerMessageId: idOf(message), status, at: NOON, ...changes });
};

describe("a message whose answer got lost", () => {
  const lost = { error: new TryLater("timeout"), wentOut: true };
  const referred = () => ({ reference: providers.calls.at(-1)!.reference });

  beforeEach(async () => {
    providers.next("whatsapp", lost);
    await expect(sent()).rejects.toThrow(TryLater);
  });

  test("is sent when its provider says that it has it, and never again", async () => {
    for (const _ of [1, 2]) await reported("taken", referred());
    const providerMessageId = idOf(providers.calls[0]!);
    expect(await row()).toMatchObject({ status: "SENT", sentAt: NOON, providerMessageId });
    expect(await sent()).toMatchObject({ status: "already-sent" });
    expect(providers.calls).toHaveLength(1);
    expect(await toldEvents(context)).toEqual([]);
    // Answers to it find it.
    expect(await find(context, { provider: "meta", providerMessageId })).toMatchObject(await named());
    await reported("delivered");
    expect(await row()).toMatchObject({ status: "DELIVERED" });
  });

  test("is not known by a report without our reference", async () => {
    await reported("taken");
    expect(await row()).toMatchObject({ status: "PENDING" });
  });

  test("and that failed then goes out by the next channel", async () => {
    await reported("taken", referred());
    await reported("failed", referred());
    expect(await row()).toMatchObject({ status: "PENDING", tried: [{ channel: "whatsapp" }] });
    await reported("taken", referred());
    expect(await row()).toMatchObject({ status: "PENDING" });
    await sent();
    expect(await row()).toMatchObject({ status: "SENT", channel: "sms" });
  });
});

test("that a provider has a message is known once it was answered, and changes nothing", async () => {
  await sent();
  const before = await row();
  await reported("taken", { reference: providers.calls[0]!.reference });
  expect(await row()).toEqual(before);
});

describe("a message that arrived", () => {
  test("is marked and told, once, however often it is reported", async () => {
    await sent();
    for (const _ of [1, 2]) await reported("delivered");
    expect(await row()).toMatchObject({ status: "DELIVERED", channel: "whatsapp", deliveredAt: NOON });
    expect(await toldEvents(context)).toEqual(["notification/delivered"]);
    const [fact] = await factsOf(context, "notification/delivered");
    const data = fact!.data;
    const { notificationId, providerMessageId } = await row();
    expect(data).toMatchObject({ organizationId, notificationId, channel: "whatsapp", deliveredAt: NOON });
    const travels = outgoing(context.keys, "notification/delivered", "1", NOON, data);
    expect(JSON.stringify(travels)).not.toContain(providerMessageId);
  });

  test("is not sent again", async () => {
    await sent();
    await reported("delivered");
    expect(await sent()).toMatchObject({ status: "already-sent" });
  });

  test("stays so, whatever comes late", async () => {
    await sent();
    await reported("delivered");
    await reported("failed");
    expect(await row()).toMatchObject({ status: "DELIVERED", tried: [] });
    expect(await toldEvents(context)).toEqual(["notification/delivered"]);
  });

  test("after it was given up, has arrived", async () => {
    await sent({ messaging: { whatsapp: messaging.whatsapp } });
    await reported("failed");
    expect(await row()).toMatchObject({ status: "FAILED" });
    await reported("delivered");
    expect(await row()).toMatchObject({ status: "DELIVERED" });
  });

  test("is known before we know that it was sent", async () => {
    providers.meanwhile = () => reported("delivered");
    expect(await sent()).toMatchObject({ status: "already-sent" });
    expect(await row()).toMatchObject({ status: "DELIVERED", deliveredAt: NOON, sentAt: context.now() });
    expect(await toldEvents(context)).toEqual(["notification/delivered"]);
  });

  test("is known by our reference, also when its provider's answer got lost", async () => {
    providers.next("whatsapp", { error: new TryLater("timeout"), wentOut: true });
    await expect(sent()).rejects.toThrow(TryLater);
    await reported("delivered", { reference: providers.calls[0]!.reference });
    expect(await sent()).toMatchObject({ status: "already-sent" });
    expect(providers.calls).toHaveLength(1);
    expect(await row()).toMatchObject({ status: "DELIVERED" });
  });

  test("is known by our reference alone", async () => {
    await sent();
    const { reference } = providers.calls[0]!;
    await receipt(context, { provider: "meta", reference, status: "delivered", at: NOON });
    expect(await row()).toMatchObject({ status: "DELIVERED" });
  });
});

describe("a message that did not arrive", () => {
  test("is pending again where there is another channel, and that is told", async () => {
    await sent();
    for (const _ of [1, 2]) await reported("failed", { reason: "wrong-number" });
    const tried = [{ channel: "whatsapp", reason: "wrong-number" }];
    expect(await row()).toMatchObject({ status: "PENDING", tried });
    const facts = await factsOf(context, "notification/failed");
    expect(facts.map(({ data }) => data)).toEqual([
      expect.objectContaining({
        channel: "whatsapp",
        reason: "wrong-number",
        isFinal: false,
        failedAt: NOON,
      }),
    ]);
    expect(await sent()).toMatchObject({ status: "sent" });
    expect(await row()).toMatchObject({ status: "SENT", channel: "sms", tried });
  });

  test("by the last channel has failed", async () => {
    await sent();
    await reported("failed");
    await sent();
    await reported("failed");
    expect(await row()).toMatchObject({ status: "FAILED", reason: "refused" });
    expect(await sent()).toMatchObject({ status: "failed", reason: "refused" });
    const finals = (await factsOf(context, "notification/failed")).map(({ data }) => data.isFinal);
    expect(finals).toEqual([false, true]);
  });

  test("by a channel that was left already changes nothing about the next one", async () => {
    await sent();
    await reported("failed");
    await sent();
    await reported("failed", {}, 0);
    expect(await row()).toMatchObject({ status: "SENT", channel: "sms" });
  });

  test("and arrived late by the first channel after all has arrived", async () => {
    await sent();
    await reported("failed");
    await sent();
    await reported("delivered", {}, 0);
    await reported("failed");
    expect(await row()).toMatchObject({ status: "DELIVERED", channel: "whatsapp" });
  });

  test("is known to before we know that it was sent: the next channel is taken at once", async () => {
    providers.meanwhile = async ({ channel }) => channel === "whatsapp" && reported("failed");
    await sent();
    expect(providers.calls.map(({ channel }) => channel)).toEqual(["whatsapp", "sms"]);
    expect(await row()).toMatchObject({ status: "SENT", channel: "sms" });
  });

  test("since its provider passes on no more goes out by the next channel", async () => {
    await sent();
    await reported("failed", { reason: "opted-out" });
    expect(await row()).toMatchObject({ status: "PENDING", tried: [{ reason: "opted-out" }] });
    expect(await sent()).toMatchObject({ status: "sent" });
    const { isStopped } = await Contact.of(context, organizationId, "+525512345678");
    expect(isStopped).toBe(false);
  });
});

test("two different reports at the same time leave it delivered", async () => {
  await sent();
  await Promise.all([reported("failed"), reported("delivered"), reported("failed"), reported("delivered")]);
  expect(await row()).toMatchObject({ status: "DELIVERED" });
});

test("a report of a message that is not ours changes nothing", async () => {
  await sent();
  const before = await row();
  const reports = { provider: "meta", status: "failed", at: NOON } as const;
  await receipt(context, { ...reports, providerMessageId: "wamid.of-somebody-else" });
  await receipt(context, { ...reports, reference: "whatever" });
  const other = providers.calls[0]!.reference.replace(appointmentId, appointmentId.replace("5", "6"));
  await receipt(context, { ...reports, reference: other });
  await receipt(context, reports);
  expect(await row()).toEqual(before);
});

test("an answer finds the message that it answers, under no key that tells a phone", async () => {
  await sent();
  const providerMessageId = idOf(providers.calls[0]!);
  expect(await find(context, { provider: "meta", providerMessageId })).toMatchObject({
    ...{ organizationId, about, appointmentId, template: "appointment_reminder_24h", occasion: "24h" },
  });
  expect(await find(context, { provider: "twilio", providerMessageId })).toBeUndefined();
  const keys = (await allRows(context)).flatMap(({ pk, sk }) => [pk, sk]);
  expect(keys.join(" ")).not.toContain("wamid");
});

describe("a message with nothing to say any more", () => {
  test("is pending after a channel that did not work, until it is abandoned", async () => {
    await sent();
    expect(await pending(context, await named())).toBeUndefined();
    await reported("failed");
    expect(await pending(context, await named())).toMatchObject({ about, occasion: "24h" });
    for (const _ of [1, 2]) await abandon(context, await named());
    expect(await row()).toMatchObject({ status: "FAILED", reason: "refused" });
    expect(await toldEvents(context)).toEqual(["notification/failed", "notification/failed"]);
  });

  test("is not abandoned while it may have gone out", async () => {
    await sent();
    await reported("failed");
    providers.next("sms", { error: new TryLater("timeout"), wentOut: true });
    await expect(sent()).rejects.toThrow(TryLater);
    await abandon(context, await named());
    expect(await row()).toMatchObject({ status: "PENDING" });
  });
});
