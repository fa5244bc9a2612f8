import { createHmac } from "node:crypto";
import { Channel } from "@turno/core/notifications";
import { resend } from "@turno/providers";
import { beforeEach, describe, expect, test } from "vitest";
import { aMessage, failureOf, MINUTE, nobody, openProviders, type Scene } from "../providers.fixture.ts";
import { RESEND_SIGNING_SECRET } from "./index.ts";

const email = (changes: Partial<Channel.OutgoingMessage> = {}) =>
  aMessage({
    channel: "email",
    to: "ana@example.org",
    sender: "Clínica Sol <citas@clinica-sol.example>",
    subject: "Tu cita",
    ...changes,
  });

let scene: Scene;
let channel: Channel.Channel;

beforeEach(async () => {
  scene = await openProviders();
  channel = scene.channel("resend");
});

const received = () => scene.providers.messages();

test("an e-mail has subject and text, and tags that its receipts repeat", async () => {
  const { providerMessageId } = await channel.send(email());
  expect(received()).toMatchObject([
    {
      providerMessageId,
      provider: "resend",
      channel: "email",
      to: "ana@example.org",
      from: "Clínica Sol <citas@clinica-sol.example>",
      subject: "Tu cita",
      template: "appointment_confirmed",
      language: "es",
    },
  ]);
});

test("one key is one e-mail", async () => {
  const first = await channel.send(email());
  expect(await channel.send(email())).toEqual(first);
  await channel.send(email({ idempotencyKey: "another" }));
  expect(received()).toHaveLength(2);
});

test("a lost answer is made up for by the key", async () => {
  scene.providers.fail({ provider: "resend", times: 1, answer: "lost" });
  expect(await failureOf(channel.send(email()))).toMatchObject({ name: "TryLater", unclear: true });
  const again = await channel.send(email({ mayHaveBeenSent: { since: "2026-03-02T09:00:00.000Z" } }));
  expect(received()).toMatchObject([again]);
});

test("words that changed after the e-mail went out are no second e-mail", async () => {
  await channel.send(email());
  const again = await channel.send(email({ body: "Other words" }));
  expect(again).toEqual({ providerMessageId: email().reference });
  expect(received()).toHaveLength(1);
});

describe("an e-mail is to be sent again", () => {
  test.each([
    [
      { answer: "busy", retryAfterSeconds: 1 },
      { reason: "busy", retryAfterSeconds: 1, unclear: false },
    ],
    [{ answer: "fault" }, { reason: "busy", unclear: true }],
    [{ answer: "broken" }, { reason: "unreadable-answer", unclear: true }],
    [{ refuse: "concurrent_idempotent_requests" }, { reason: "busy", unclear: true }],
    [{ refuse: "daily_quota_exceeded" }, { reason: "unauthorized" }],
  ] as const)("after %j", async (fault, expected) => {
    scene.providers.fail({ provider: "resend", times: 1, ...fault });
    expect(await failureOf(channel.send(email()))).toMatchObject({ name: "TryLater", ...expected });
  });

  test("when the account has no domain of its own yet, since it can be put right", async () => {
    const sending = channel.send(email({ sender: "Clínica Sol <onboarding@resend.dev>" }));
    expect(await failureOf(sending)).toMatchObject({ name: "TryLater", reason: "unauthorized" });
  });

  test("when no answer comes in time", async () => {
    scene.providers.fail({ provider: "resend", times: 1, answer: "silent" });
    const { RESEND_API_URL: apiUrl, RESEND_API_KEY: apiKey } = scene.providers.variables("resend");
    const impatient = resend({ apiKey: apiKey!, apiUrl, timeoutMillis: 30 });
    expect(await failureOf(impatient.send(email()))).toMatchObject({ reason: "timeout", unclear: true });
  });

  test("when the key is not accepted", async () => {
    const { RESEND_API_URL: apiUrl } = scene.providers.variables("resend");
    expect(await failureOf(resend({ apiKey: "other", apiUrl }).send(email()))).toMatchObject({
      reason: "unauthorized",
    });
  });

  test("when nobody is there", async () => {
    const nowhere = resend({ apiKey: "key", apiUrl: await nobody() });
    expect(await failureOf(nowhere.send(email()))).toMatchObject({ reason: "unreachable", unclear: false });
  });
});

describe("an e-mail is given up", () => {
  test.each([
    ["the address is none", { to: "ana" }, "wrong-number"],
    ["the sender is none", { sender: "clinic" }, "refused"],
    ["it goes by another channel", { channel: "sms" }, "refused"],
  ] as const)("when %s", async (_what, changes, reason) => {
    const error = await failureOf(channel.send(email(changes)));
    expect(error).toBeInstanceOf(Channel.Undeliverable);
    expect(error).toMatchObject({ reason });
  });

  test.each(["validation_error", "security_error", "something_new"])(
    "when it is refused with %s",
    async (refuse) => {
      scene.providers.fail({ provider: "resend", times: 1, refuse });
      expect(await failureOf(channel.send(email()))).toMatchObject({
        name: "Undeliverable",
        reason: "refused",
      });
    },
  );
});

describe("Resend tells", () => {
  test("that an e-mail was delivered, under its reference, and signs it", async () => {
    const { providerMessageId } = await channel.send(email());
    await scene.pass(MINUTE);
    const [{ url, headers, body }] = scene.told as [Scene["told"][number]];
    expect(url).toBe("/v1/webhooks/resend");
    expect(JSON.parse(body)).toMatchObject({
      type: "email.delivered",
      created_at: "2026-03-02T09:00:02.000Z",
      data: { email_id: providerMessageId, tags: { reference: email().reference } },
    });
    const key = Buffer.from(RESEND_SIGNING_SECRET.slice("whsec_".length), "base64");
    const signed = `${headers["svix-id"]}.${headers["svix-timestamp"]}.${body}`;
    const digest = createHmac("sha256", key).update(signed).digest("base64");
    expect(headers["svix-signature"]).toBe(`v1,${digest}`);
  });

  test("that an e-mail came back", async () => {
    scene.providers.fail({ provider: "resend", times: 1, receipt: "undelivered" });
    await channel.send(email());
    await scene.pass(MINUTE);
    expect(JSON.parse(scene.told[0]!.body)).toMatchObject({ type: "email.bounced" });
  });
});
