import { Channel } from "@turno/core/notifications";
import { webPush } from "@turno/providers";
import { beforeEach, describe, expect, test } from "vitest";
import { aMessage, failureOf, openProviders, type Scene } from "../providers.fixture.ts";

let scene: Scene;
let channel: Channel.Channel;
let to: string;

const notice = (changes: Partial<Channel.OutgoingMessage> = {}) =>
  aMessage({ channel: "push", to, sender: "web", subject: "Tu cita", ...changes });

beforeEach(async () => {
  scene = await openProviders();
  channel = scene.channel("web-push");
  to = JSON.stringify(scene.providers.subscribe());
});

const received = () => scene.providers.messages();

const account = () => {
  const variables = scene.providers.variables("web-push");
  return {
    publicKey: variables.VAPID_PUBLIC_KEY!,
    privateKey: variables.VAPID_PRIVATE_KEY!,
    subject: variables.VAPID_SUBJECT!,
    url: variables.WEB_PUSH_URL!,
    now: scene.clock.now,
  };
};

describe("a notification", () => {
  test("is read by the browser alone", async () => {
    const { providerMessageId } = await channel.send(notice());
    expect(providerMessageId).toContain("/push_");
    expect(received()).toMatchObject([
      {
        provider: "web-push",
        channel: "push",
        subject: "Tu cita",
        body: "Hola, Ana Torres.\nCuándo: lunes 2 de marzo, 09:00",
        template: "appointment_confirmed",
        language: "es",
      },
    ]);
  });

  test("that is sent again takes the place of the first", async () => {
    scene.providers.fail({ provider: "web-push", times: 1, answer: "lost" });
    expect(await failureOf(channel.send(notice()))).toMatchObject({ name: "TryLater", unclear: true });
    await channel.send(notice({ mayHaveBeenSent: { since: "2026-03-02T09:00:00.000Z" } }));
    expect(received()).toHaveLength(1);
  });

  test("that is too long for push services is cut, between letters", async () => {
    await channel.send(notice({ body: "¡Año!🙂".repeat(1000) }));
    const { body } = received()[0]!;
    expect(body).toMatch(/^¡Año!🙂.*…$/su);
    expect(body).not.toContain("\ufffd");
    expect(Buffer.byteLength(body)).toBeGreaterThan(3000);
  });
});

describe("a notification is to be sent again", () => {
  test.each([
    [
      { answer: "busy", retryAfterSeconds: 60 },
      { reason: "busy", retryAfterSeconds: 60, unclear: false },
    ],
    [{ answer: "fault" }, { reason: "busy", unclear: true }],
  ] as const)("after %j", async (fault, expected) => {
    scene.providers.fail({ provider: "web-push", times: 1, ...fault });
    expect(await failureOf(channel.send(notice()))).toMatchObject({ name: "TryLater", ...expected });
  });

  test("when no answer comes in time", async () => {
    scene.providers.fail({ provider: "web-push", times: 1, answer: "silent" });
    const impatient = webPush({ ...account(), timeoutMillis: 30 });
    expect(await failureOf(impatient.send(notice()))).toMatchObject({ reason: "timeout", unclear: true });
  });

  test("when the application is not the one that the browser said yes to", async () => {
    const other = await openProviders();
    const { VAPID_PUBLIC_KEY, VAPID_PRIVATE_KEY } = other.providers.variables("web-push");
    const stranger = webPush({
      ...account(),
      publicKey: VAPID_PUBLIC_KEY!,
      privateKey: VAPID_PRIVATE_KEY!,
    });
    expect(await failureOf(stranger.send(notice()))).toMatchObject({ reason: "unauthorized" });
    const forger = webPush({ ...account(), privateKey: VAPID_PRIVATE_KEY! });
    expect(await failureOf(forger.send(notice()))).toBeInstanceOf(Error);
    expect(received()).toEqual([]);
  });
});

describe("a notification is given up", () => {
  test.each([404, 410])("when the subscription has ended, told by %i", async (refuse) => {
    scene.providers.fail({ provider: "web-push", times: 1, refuse });
    expect(await failureOf(channel.send(notice()))).toBeInstanceOf(Channel.WrongNumber);
  });

  test("when the browser is not known", async () => {
    const { endpoint, keys } = JSON.parse(to);
    const unknown = JSON.stringify({ endpoint: `${endpoint}0`, keys });
    expect(await failureOf(channel.send(notice({ to: unknown })))).toBeInstanceOf(Channel.WrongNumber);
  });

  test.each([
    ["is no JSON", () => "browser"],
    ["has no keys", () => JSON.stringify({ endpoint: JSON.parse(to).endpoint })],
    [
      "has a key that is no point of the curve",
      () => {
        const { endpoint, keys } = JSON.parse(to);
        return JSON.stringify({
          endpoint,
          keys: { ...keys, p256dh: Buffer.alloc(65, 4).toString("base64url") },
        });
      },
    ],
    [
      "leads to something of ours",
      () => JSON.stringify({ ...JSON.parse(to), endpoint: "http://169.254.169.254/latest/meta-data" }),
    ],
  ])("when the subscription %s", async (_what, subscription) => {
    expect(await failureOf(channel.send(notice({ to: subscription() })))).toBeInstanceOf(Channel.WrongNumber);
    expect(received()).toEqual([]);
  });

  test("when it is refused", async () => {
    scene.providers.fail({ provider: "web-push", times: 1, refuse: 400 });
    expect(await failureOf(channel.send(notice()))).toMatchObject({
      name: "Undeliverable",
      reason: "refused",
    });
  });
});
