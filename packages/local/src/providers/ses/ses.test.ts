import { createVerify } from "node:crypto";
import { Channel } from "@turno/core/notifications";
import { ses } from "@turno/providers";
import { beforeEach, describe, expect, test } from "vitest";
import {
  aMessage,
  failureOf,
  HOUR,
  MINUTE,
  nobody,
  openProviders,
  type Scene,
} from "../providers.fixture.ts";
import { SES_TOPIC } from "./index.ts";

const email = (changes: Partial<Channel.OutgoingMessage> = {}) =>
  aMessage({
    channel: "email",
    to: "ana@example.org",
    sender: "citas@clinica-sol.example",
    subject: "Tu cita",
    ...changes,
  });

let scene: Scene;
let channel: Channel.Channel;

beforeEach(async () => {
  scene = await openProviders();
  channel = scene.channel("ses");
});

const received = () => scene.providers.messages();

const account = () => {
  const variables = scene.providers.variables("ses");
  return {
    region: variables.SES_REGION!,
    url: variables.SES_URL,
    credentials: {
      accessKeyId: variables.AWS_ACCESS_KEY_ID!,
      secretAccessKey: variables.AWS_SECRET_ACCESS_KEY!,
      sessionToken: "of a role",
    },
    now: scene.clock.now,
  };
};

test("an e-mail has subject and text, tags that its receipts repeat, and a signature", async () => {
  const { providerMessageId } = await channel.send(email());
  await ses(account()).send(email({ to: "eva@example.org" }));
  expect(received()).toMatchObject([
    { to: "eva@example.org" },
    {
      providerMessageId,
      provider: "ses",
      channel: "email",
      to: "ana@example.org",
      from: "citas@clinica-sol.example",
      subject: "Tu cita",
      body: "Hola, Ana Torres.\nCuándo: lunes 2 de marzo, 09:00",
      template: "appointment_confirmed",
      language: "es",
    },
  ]);
});

test("a clinic's name may have any letters, which go out as those of ASCII", async () => {
  const sender = "Clínica Sol, Málaga <citas@clinica-sol.example>";
  await channel.send(email({ sender, to: "ana@correo-señal.example" }));
  expect(received()).toMatchObject([{ from: sender, to: "ana@xn--correo-seal-9db.example" }]);
});

describe("an e-mail is to be sent again", () => {
  test.each([
    [
      { answer: "busy", retryAfterSeconds: 3 },
      { reason: "busy", retryAfterSeconds: 3, unclear: false },
    ],
    [{ answer: "fault" }, { reason: "busy", unclear: true }],
    [{ answer: "lost" }, { reason: "unreachable", unclear: true }],
    [{ answer: "broken" }, { reason: "unreadable-answer", unclear: true }],
    [{ refuse: "TooManyRequestsException" }, { reason: "busy" }],
    [{ refuse: "AccountSuspendedException" }, { reason: "unauthorized" }],
    [{ refuse: "MailFromDomainNotVerifiedException" }, { reason: "unauthorized" }],
    [{ refuse: "SendingPausedException" }, { reason: "unauthorized" }],
  ] as const)("after %j", async (fault, expected) => {
    scene.providers.fail({ provider: "ses", times: 1, ...fault });
    expect(await failureOf(channel.send(email()))).toMatchObject({ name: "TryLater", ...expected });
  });

  test("and its receipt alone proves that it may not be", () => {
    expect(channel.provesByReceipt).toBe(true);
  });

  test("when no answer comes in time", async () => {
    scene.providers.fail({ provider: "ses", times: 1, answer: "silent" });
    const impatient = ses({ ...account(), timeoutMillis: 30 });
    expect(await failureOf(impatient.send(email()))).toMatchObject({ reason: "timeout", unclear: true });
  });

  test.each([
    ["is of another key", () => ({ credentials: { accessKeyId: "AKIALOCAL", secretAccessKey: "other" } })],
    ["is of another region", () => ({ region: "eu-west-1" })],
    ["is old", () => ({ now: () => scene.clock.time - HOUR })],
  ])("when the signature %s", async (_what, changes) => {
    const stranger = ses({ ...account(), ...changes() });
    expect(await failureOf(stranger.send(email()))).toMatchObject({ reason: "unauthorized" });
  });

  test("when nobody is there", async () => {
    const nowhere = ses({ ...account(), url: await nobody() });
    expect(await failureOf(nowhere.send(email()))).toMatchObject({ reason: "unreachable", unclear: false });
  });
});

describe("an e-mail is given up", () => {
  test("when the address is none", async () => {
    expect(await failureOf(channel.send(email({ to: "ana" })))).toMatchObject({ reason: "refused" });
  });

  test("when an address has other letters than those of ASCII before its domain", async () => {
    expect(await failureOf(channel.send(email({ to: "peña@example.org" })))).toMatchObject({
      reason: "refused",
    });
  });

  test.each(["MessageRejected", "BadRequestException", "SomethingNew"])(
    "when it is refused with %s",
    async (refuse) => {
      scene.providers.fail({ provider: "ses", times: 1, refuse });
      const error = await failureOf(channel.send(email()));
      expect(error).toBeInstanceOf(Channel.Undeliverable);
      expect(error).toMatchObject({ reason: "refused" });
    },
  );
});

describe("SNS tells", () => {
  const events = () =>
    scene.told.map(({ body }) => (JSON.parse(JSON.parse(body).Message) as { eventType: string }).eventType);

  test("that an e-mail was sent, and then that it was delivered, under its reference, and signs both", async () => {
    const { providerMessageId } = await channel.send(email());
    await scene.pass(MINUTE);
    const [sent, { url, body }] = scene.told as [Scene["told"][number], Scene["told"][number]];
    expect(JSON.parse(sent.body).MessageId).not.toBe(JSON.parse(body).MessageId);
    expect(JSON.parse(JSON.parse(sent.body).Message)).toMatchObject({
      eventType: "Send",
      mail: { messageId: providerMessageId, tags: { reference: [email().reference] } },
      send: {},
    });
    expect(url).toBe("/v1/webhooks/ses");
    const notice = JSON.parse(body) as Record<string, string>;
    expect(JSON.parse(notice.Message!)).toMatchObject({
      eventType: "Delivery",
      mail: { messageId: providerMessageId, tags: { reference: [email().reference] } },
    });
    expect(notice).toMatchObject({ TopicArn: SES_TOPIC, SignatureVersion: "2" });
    const signed = ["Message", "MessageId", "Timestamp", "TopicArn", "Type"]
      .map((name) => `${name}\n${notice[name]}\n`)
      .join("");
    const { certificate } = scene.providers.accounts().ses!;
    const verifier = createVerify("RSA-SHA256").update(signed);
    expect(verifier.verify(await certificate!(notice.SigningCertURL!), notice.Signature!, "base64")).toBe(
      true,
    );
  });

  test("that an e-mail came back", async () => {
    scene.providers.fail({ provider: "ses", times: 1, receipt: "undelivered" });
    await channel.send(email());
    await scene.pass(MINUTE);
    expect(events()).toEqual(["Send", "Bounce"]);
  });

  test("that an e-mail was sent, hours before it is delivered, and of another no more than that", async () => {
    scene.providers.fail({ provider: "ses", times: 1, receiptAfterSeconds: 7200 });
    await channel.send(email());
    await scene.pass(HOUR);
    expect(events()).toEqual(["Send"]);
    await scene.pass(HOUR);
    expect(events()).toEqual(["Send", "Delivery"]);
    scene.providers.fail({ provider: "ses", times: 1, receipt: "sent" });
    await channel.send(email());
    await scene.pass(HOUR);
    expect(events()).toEqual(["Send", "Delivery", "Send"]);
  });
});
