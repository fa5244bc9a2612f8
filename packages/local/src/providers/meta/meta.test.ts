import { createHmac } from "node:crypto";
import { inspect } from "node:util";
import { Channel } from "@turno/core/notifications";
import { meta } from "@turno/providers";
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
import { META_APP_SECRET } from "./index.ts";

const SENDER = "106540352242922";
const whatsApp = (changes: Partial<Channel.OutgoingMessage> = {}) => aMessage({ sender: SENDER, ...changes });

let scene: Scene;
let channel: Channel.Channel;

beforeEach(async () => {
  scene = await openProviders();
  channel = scene.channel("meta");
});

const received = () => scene.providers.messages();

const writes = (body: string, inReplyTo?: string) =>
  scene.providers.say({
    provider: "meta",
    channel: "whatsapp",
    from: "+525512345678",
    to: SENDER,
    body,
    ...(inReplyTo && { inReplyTo }),
  });

describe("a message", () => {
  test("is the approved text with its variables by name", async () => {
    const { providerMessageId } = await channel.send(whatsApp());
    expect(providerMessageId).toMatch(/^wamid\./);
    expect(received()).toMatchObject([
      {
        providerMessageId,
        provider: "meta",
        to: "+525512345678",
        from: SENDER,
        template: "appointment_confirmed",
        language: "es",
        body: "Hola, Ana Torres.\nCuándo: lunes 2 de marzo, 09:00",
      },
    ]);
  });

  test("is free text within 24 hours of what the person wrote", async () => {
    writes("Hola");
    await channel.send(whatsApp({ windowOpen: true, body: "Claro, Ana." }));
    expect(received()[0]).toMatchObject({ body: "Claro, Ana.", fate: { status: "delivered" } });
  });

  test("goes by WhatsApp alone", async () => {
    expect(await failureOf(channel.send(whatsApp({ channel: "sms" })))).toMatchObject({ reason: "refused" });
  });
});

describe("a message is to be sent again", () => {
  test("after as long as Meta asks for", async () => {
    scene.providers.fail({ provider: "meta", times: 1, answer: "busy", retryAfterSeconds: 90 });
    expect(await failureOf(channel.send(whatsApp()))).toMatchObject({
      reason: "busy",
      retryAfterSeconds: 90,
      unclear: false,
    });
  });

  test.each([
    ["fault", "busy"],
    ["lost", "unreachable"],
    ["broken", "unreadable-answer"],
  ] as const)(
    "when it ends with %s, and may have gone out, which its receipt alone will prove",
    async (answer, reason) => {
      scene.providers.fail({ provider: "meta", times: 1, answer });
      expect(await failureOf(channel.send(whatsApp()))).toMatchObject({ reason, unclear: true });
      expect(channel.provesByReceipt).toBe(true);
    },
  );

  test("when no answer comes in time", async () => {
    scene.providers.fail({ provider: "meta", times: 1, answer: "silent" });
    const { META_GRAPH_URL: graphUrl, META_ACCESS_TOKEN: accessToken } = scene.providers.variables("meta");
    const impatient = meta({ accessToken: accessToken!, graphUrl, timeoutMillis: 30 });
    expect(await failureOf(impatient.send(whatsApp()))).toMatchObject({ reason: "timeout", unclear: true });
  });

  test("when the token is not accepted, since it can be put right", async () => {
    const { META_GRAPH_URL: graphUrl } = scene.providers.variables("meta");
    const stranger = meta({ accessToken: "other", graphUrl });
    expect(await failureOf(stranger.send(whatsApp()))).toMatchObject({ reason: "unauthorized" });
  });

  test("when nobody is there", async () => {
    const nowhere = meta({ accessToken: "token", graphUrl: await nobody() });
    expect(await failureOf(nowhere.send(whatsApp()))).toMatchObject({
      reason: "unreachable",
      unclear: false,
      retryAfterSeconds: undefined,
    });
  });

  test.each([
    [130429, "busy"],
    [80007, "busy"],
    [131056, "busy"],
    [190, "unauthorized"],
    [10, "unauthorized"],
    [131042, "unauthorized"],
    [217, "unauthorized"],
  ])("when it is refused with %i: %s", async (refuse, reason) => {
    scene.providers.fail({ provider: "meta", times: 1, refuse });
    expect(await failureOf(channel.send(whatsApp()))).toMatchObject({ name: "TryLater", reason });
  });
});

describe("a message is given up", () => {
  test.each([
    [131026, "wrong-number"],
    [131047, "refused"],
    [131050, "refused"],
    [131051, "refused"],
    [132001, "refused"],
    [100, "refused"],
    [999_999, "refused"],
  ])("when it is refused with %i: %s", async (refuse, reason) => {
    scene.providers.fail({ provider: "meta", times: 1, refuse });
    const error = await failureOf(channel.send(whatsApp()));
    expect(error).toBeInstanceOf(Channel.Undeliverable);
    expect(error).toMatchObject({ reason });
  });

  test.each([
    ["nobody has registered its template", { template: "birthday_greeting" }],
    ["its template is not there in this language", { language: "pt" }],
    ["the registered text has more variables", { parameters: { patient_name: "Ana" } }],
    ["they have other names", { parameters: { patient_name: "Ana", start: "09:00" } }],
  ] as const)("when %s", async (_what, changes) => {
    expect(await failureOf(channel.send(whatsApp(changes)))).toMatchObject({
      name: "Undeliverable",
      reason: "refused",
    });
  });
});

describe("Meta tells", () => {
  const changeOf = (index: number) => JSON.parse(scene.told[index]!.body).entry[0].changes[0].value;

  test("that a message was sent and delivered, in one call, under its reference, and signs it", async () => {
    const { providerMessageId } = await channel.send(whatsApp());
    await scene.pass(MINUTE);
    const [{ url, headers, body }] = scene.told as [Scene["told"][number]];
    expect(url).toBe("/v1/webhooks/meta");
    const status = {
      id: providerMessageId,
      biz_opaque_callback_data: whatsApp().reference,
      timestamp: String(Date.parse("2026-03-02T09:00:02Z") / 1000),
    };
    expect(changeOf(0).statuses).toMatchObject([
      { ...status, status: "sent" },
      { ...status, status: "delivered" },
    ]);
    expect(scene.told).toHaveLength(1);
    const digest = createHmac("sha256", META_APP_SECRET).update(body).digest("hex");
    expect(headers["x-hub-signature-256"]).toBe(`sha256=${digest}`);
  });

  const statuses = () =>
    scene.told.map((_, index) => changeOf(index).statuses.map(({ status }: { status: string }) => status));

  test("that a message was sent, long before it reaches a phone that is off", async () => {
    scene.providers.fail({ provider: "meta", times: 1, receiptAfterSeconds: 3600 });
    await channel.send(whatsApp());
    await scene.pass(MINUTE);
    expect(statuses()).toEqual([["sent"]]);
    await scene.pass(HOUR);
    expect(statuses()).toEqual([["sent"], ["delivered"]]);
  });

  test("that a message was sent and no more, or that only when it has been delivered, or nothing", async () => {
    scene.providers.fail({ provider: "meta", times: 1, receipt: "sent" });
    await channel.send(whatsApp());
    await scene.pass(HOUR);
    expect(statuses()).toEqual([["sent"]]);
    scene.providers.fail({ provider: "meta", times: 1, sentAfterSeconds: 180 });
    await channel.send(whatsApp());
    await scene.pass(HOUR);
    expect(statuses()).toEqual([["sent"], ["delivered"], ["sent"]]);
    scene.providers.fail({ provider: "meta", times: 1, receipt: "never" });
    await channel.send(whatsApp());
    await scene.pass(HOUR);
    expect(scene.told).toHaveLength(3);
  });

  test("of what it could not deliver nothing else", async () => {
    scene.providers.fail({ provider: "meta", times: 1, receipt: "undelivered" });
    await channel.send(whatsApp());
    await scene.pass(MINUTE);
    expect(statuses()).toEqual([["failed"]]);
  });

  test("that free text came more than 24 hours after what the person wrote", async () => {
    writes("Hola");
    scene.clock.time += 25 * HOUR;
    await channel.send(whatsApp({ windowOpen: true }));
    await scene.pass(MINUTE);
    expect(changeOf(1).statuses).toMatchObject([{ status: "failed", errors: [{ code: 131047 }] }]);
  });

  test("what a person wrote, and to which message", async () => {
    const { providerMessageId } = await channel.send(whatsApp());
    writes("CONFIRMAR", providerMessageId);
    await scene.pass(0);
    expect(changeOf(0)).toMatchObject({
      metadata: { phone_number_id: SENDER },
      messages: [
        {
          from: "525512345678",
          type: "text",
          text: { body: "CONFIRMAR" },
          context: { id: providerMessageId },
        },
      ],
    });
  });
});

test("no error tells of the person", async () => {
  for (const fault of [{ refuse: 131026 }, { answer: "busy" }, { answer: "fault" }] as const) {
    scene.providers.fail({ provider: "meta", times: 1, ...fault });
    const told = inspect(await failureOf(channel.send(whatsApp())), { depth: 10, showHidden: true });
    expect(told).not.toContain("5512345678");
    expect(told).not.toContain("Ana Torres");
  }
});
