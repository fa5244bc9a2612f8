import { beforeEach, describe, expect, test } from "vitest";
import { type TestContext, testContext } from "../../testing/context.ts";
import { factsOf } from "../../testing/rows.ts";
import { TryLater, Undeliverable, WrongNumber } from "../channel/index.ts";
import { Contact, Preference } from "../index.ts";
import { type Order, ofAppointment, send } from "./index.ts";
import { anOrder, appointmentId } from "./order.fixture.ts";
import { type Providers, someProviders } from "./provider.fixture.ts";

let context: TestContext;
let providers: Providers;

beforeEach(async () => {
  context = await testContext();
  providers = someProviders();
});

const messaging = {
  whatsapp: { provider: "meta", sender: "+525550000000" },
  sms: { provider: "twilio", sender: "+525550000001" },
  email: { provider: "ses", sender: "citas@sol.test" },
  voice: { provider: "twilio", sender: "+525550000001" },
} as const;

const phone = "+525512345678";
const email = "ana@example.test";

type Changes = Partial<Order<"appointment_reminder_24h">>;

const order = (changes: Changes = {}) => anOrder({ messaging, addresses: { phone, email }, ...changes });
const sent = (changes?: Changes) => send(context, providers.channels, order(changes));
const row = async () => (await ofAppointment(context, { kind: "system" }, appointmentId))[0]!;
const channelsOf = (messages: Providers["calls"]) => messages.map(({ channel }) => channel);

const { organizationId, patientId } = anOrder();
const prefer = (changes: Preference.PreferenceEdit) =>
  Preference.edit(context, { kind: "system" }, { organizationId, patientId: patientId! }, changes);

describe("a message goes out", () => {
  test("by the first of the usual channels that the clinic has and the person can be reached by", async () => {
    await sent();
    await sent({ occasion: "no phone", addresses: { email } });
    expect(channelsOf(providers.received)).toEqual(["whatsapp", "email"]);
  });

  test("by the channels that the patient prefers, and by no others", async () => {
    await prefer({ channels: ["push", "email", "sms"] });
    await sent();
    providers.next("email", new Undeliverable());
    providers.next("sms", new Undeliverable());
    expect(await sent({ occasion: "48h" })).toMatchObject({ status: "failed", reason: "refused" });
    expect(channelsOf(providers.calls)).toEqual(["email", "email", "sms"]);
  });

  test("to a doctor without asking what patients prefer", async () => {
    await prefer({ channels: ["email"] });
    await sent({ recipient: "doctor" });
    expect(channelsOf(providers.received)).toEqual(["whatsapp"]);
  });

  test("by push to the browser that the patient chose", async () => {
    const endpoint = "https://fcm.googleapis.com/fcm/send/abc";
    const device = { endpoint, keys: { p256dh: "B".repeat(87), auth: "a".repeat(22) } };
    const owner = { organizationId, patientId: patientId!, appointmentId };
    const patient = { kind: "patient", organizationId, appointmentId } as const;
    const changes = { pushSubscription: device, channels: ["push" as const] };
    await Preference.edit(context, patient, owner, changes);
    const push = { push: { provider: "web-push", sender: "mailto:citas@sol.test" } } as const;
    await sent({ messaging: push });
    expect(JSON.parse(providers.received[0]!.to)).toEqual(device);
    providers.next("push", new WrongNumber());
    await sent({ messaging: push, occasion: "gone" });
    expect(await Preference.view(context, patient, owner)).toMatchObject({ hasDevice: false });
  });

  test("as an answer by the channel that the person wrote by alone", async () => {
    providers.next("sms", new Undeliverable());
    expect(await sent({ via: "sms" })).toMatchObject({ status: "failed" });
    expect(channelsOf(providers.calls)).toEqual(["sms"]);
  });

  test("in as much detail as the patient wants", async () => {
    const say = async (occasion: string) => {
      await sent({ occasion });
      return providers.received.at(-1)!;
    };
    expect((await say("full")).body).toContain("Fisioterapia");
    await prefer({ detail: "minimal" });
    expect((await say("minimal")).body).not.toContain("Fisioterapia");
  });
});

describe("a channel that will not carry it", () => {
  test("gives way to the next at once, under a key of its own", async () => {
    providers.next("whatsapp", new WrongNumber());
    expect(await sent()).toMatchObject({ status: "sent" });
    expect(channelsOf(providers.calls)).toEqual(["whatsapp", "sms"]);
    const keys = providers.calls.map(({ idempotencyKey }) => idempotencyKey.split("."));
    expect(keys[0]![0]).toBe(keys[1]![0]);
    expect(keys.map(([, channel]) => channel)).toEqual(["whatsapp", "sms"]);
    expect(await row()).toMatchObject({
      ...{ status: "SENT", channel: "sms" },
      tried: [{ channel: "whatsapp", reason: "wrong-number" }],
    });
  });

  test("is not tried again for this message, and is for the next", async () => {
    providers.next("whatsapp", new WrongNumber());
    providers.next("sms", new TryLater("busy"));
    await expect(sent()).rejects.toThrow(TryLater);
    await sent();
    await sent({ occasion: "48h" });
    expect(channelsOf(providers.calls)).toEqual(["whatsapp", "sms", "sms", "whatsapp"]);
  });

  test("and has none after it ends the message, and that is told", async () => {
    for (const channel of ["whatsapp", "sms", "email", "voice"] as const) {
      providers.next(channel, new Undeliverable());
    }
    expect(await sent()).toMatchObject({ status: "failed", reason: "refused" });
    expect(await sent()).toMatchObject({ status: "failed", reason: "refused" });
    expect(providers.calls).toHaveLength(4);
    const { notificationId } = await row();
    expect((await factsOf(context, "notification/failed")).map(({ data }) => data)).toEqual([
      {
        ...{ notificationId, organizationId, appointmentId, about: anOrder().about },
        ...{ template: "appointment_reminder_24h", channel: "voice", reason: "refused", isFinal: true },
        failedAt: context.now(),
      },
    ]);
  });
});

describe("a provider that is out of order", () => {
  test("is asked three times, then the next channel is taken", async () => {
    const busy = new TryLater("busy", 30);
    providers.next("whatsapp", busy, busy, busy);
    await expect(sent()).rejects.toMatchObject({ retryAfterSeconds: 30 });
    await expect(sent()).rejects.toThrow(TryLater);
    expect(await sent()).toMatchObject({ status: "sent" });
    expect(channelsOf(providers.calls)).toEqual(["whatsapp", "whatsapp", "whatsapp", "sms"]);
    expect((await row()).tried).toEqual([{ channel: "whatsapp", reason: "unavailable" }]);
    expect(providers.calls.some(({ mayHaveBeenSent }) => mayHaveBeenSent)).toBe(false);
  });

  test("is asked on and on where there is no other channel", async () => {
    const busy = new TryLater("busy");
    providers.next("whatsapp", busy, busy, busy, busy, busy);
    const alone = { messaging: { whatsapp: messaging.whatsapp } };
    for (const _ of [1, 2, 3, 4, 5]) await expect(sent(alone)).rejects.toThrow(TryLater);
    expect(await sent(alone)).toMatchObject({ status: "sent" });
  });
});

describe("an attempt that ended unclear", () => {
  const timeout = { error: new TryLater("timeout"), wentOut: true };

  test("is made again on the same channel, with the same key, however often", async () => {
    providers.next("whatsapp", timeout, timeout, timeout, timeout);
    for (const _ of [1, 2, 3, 4]) await expect(sent()).rejects.toThrow(TryLater);
    expect(await sent()).toMatchObject({ status: "sent" });
    expect(providers.received).toHaveLength(1);
    expect(new Set(providers.calls.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
    const [first, ...others] = providers.calls.map(({ mayHaveBeenSent }) => mayHaveBeenSent);
    expect(first).toBeUndefined();
    expect(others).toEqual(Array(4).fill({ since: context.now() }));
  });

  test("stays unclear when the provider is out of order after it", async () => {
    const busy = new TryLater("busy");
    providers.next("whatsapp", timeout, busy, busy, busy, busy);
    for (const _ of [1, 2, 3, 4, 5]) await expect(sent()).rejects.toThrow(TryLater);
    await sent();
    expect(new Set(channelsOf(providers.calls))).toEqual(new Set(["whatsapp"]));
  });

  test("is one that the process did not live to see the end of", async () => {
    providers.next("whatsapp", { error: new Error("The process ended here."), wentOut: true });
    await expect(sent()).rejects.toThrow("The process ended here.");
    await sent();
    expect(providers.calls[1]).toMatchObject({
      channel: "whatsapp",
      mayHaveBeenSent: { since: context.now() },
    });
    expect(providers.received).toHaveLength(1);
  });

  test("goes to another channel when the provider then says that it will never send it", async () => {
    providers.next("whatsapp", timeout, new Undeliverable());
    await expect(sent()).rejects.toThrow(TryLater);
    await sent();
    expect(channelsOf(providers.calls)).toEqual(["whatsapp", "whatsapp", "sms"]);
    expect(providers.calls[2]!.mayHaveBeenSent).toBeUndefined();
  });

  test("is not repeated elsewhere when the patient chooses other channels meanwhile", async () => {
    providers.next("whatsapp", timeout);
    await expect(sent()).rejects.toThrow(TryLater);
    await prefer({ channels: ["sms"] });
    expect(await sent()).toMatchObject({ status: "failed", reason: "no-channel" });
    expect(channelsOf(providers.received)).toEqual(["whatsapp"]);
  });
});

describe("who said STOP", () => {
  const said = () => ({ organizationId, phone, at: context.now() });

  test("is not reached by phone any more, and still by e-mail", async () => {
    await Contact.stop(context, said());
    await sent();
    expect(await sent({ occasion: "no e-mail", addresses: { phone } })).toMatchObject({
      ...{ status: "failed", reason: "opted-out" },
    });
    expect(channelsOf(providers.calls)).toEqual(["email"]);
    context.pass({ minutes: 1 });
    await Contact.start(context, said());
    await sent({ occasion: "48h" });
    expect(channelsOf(providers.calls)).toEqual(["email", "whatsapp"]);
  });

  test("to a provider alone, which may take CANCEL for it, is not written to by that channel", async () => {
    providers.next("whatsapp", new Undeliverable("opted-out"));
    await sent();
    await sent({ occasion: "48h" });
    expect(channelsOf(providers.calls)).toEqual(["whatsapp", "sms", "whatsapp"]);
    expect((await row()).tried).toEqual([{ channel: "whatsapp", reason: "opted-out" }]);
    expect(await Contact.of(context, organizationId, phone)).toMatchObject({ isStopped: false });
  });

  test("is told that it was heard", async () => {
    await Contact.stop(context, said());
    const answer: Order<"reply_stopped"> = {
      ...order({ via: "whatsapp" }),
      template: "reply_stopped",
      variables: { clinicName: "Clínica Sol" },
    };
    expect(await send(context, providers.channels, answer)).toMatchObject({ status: "sent" });
  });
});

test("WhatsApp is told whether the person wrote within a day", async () => {
  await Contact.wrote(context, { organizationId, phone, channel: "whatsapp", at: context.now() });
  await sent();
  context.pass({ hours: 24 });
  await sent({ occasion: "48h" });
  expect(providers.received.map(({ windowOpen }) => windowOpen)).toEqual([true, false]);
});

test("three calls at the same time send one message", async () => {
  providers.next("whatsapp", new WrongNumber(), new WrongNumber(), new WrongNumber());
  const outcomes = await Promise.all([sent(), sent(), sent()]);
  expect(outcomes.every(({ status }) => status === "sent" || status === "already-sent")).toBe(true);
  expect(channelsOf(providers.received)).toEqual(["sms"]);
  expect(await row()).toMatchObject({ status: "SENT", channel: "sms" });
});
