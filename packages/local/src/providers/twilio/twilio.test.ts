import { createHmac } from "node:crypto";
import { inspect } from "node:util";
import { Channel } from "@turno/core/notifications";
import { twilio } from "@turno/providers";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { listen } from "../../server/index.ts";
import {
  aMessage,
  failureOf,
  HOUR,
  MINUTE,
  nobody,
  openProviders,
  type Scene,
} from "../providers.fixture.ts";
import { TWILIO_AUTH_TOKEN } from "./index.ts";

const sms = (changes: Partial<Channel.OutgoingMessage> = {}) => aMessage({ channel: "sms", ...changes });

let scene: Scene;
let channel: Channel.Channel;

beforeEach(async () => {
  scene = await openProviders();
  channel = scene.channel("twilio");
});

const received = () => scene.providers.messages();

describe("a message", () => {
  test("by SMS is its text", async () => {
    const { providerMessageId } = await channel.send(sms());
    expect(providerMessageId).toMatch(/^SM[0-9a-f]{32}$/);
    expect(received()).toMatchObject([
      {
        providerMessageId,
        provider: "twilio",
        channel: "sms",
        to: "+525512345678",
        from: "+525550000000",
        body: "Hola, Ana Torres.\nCuándo: lunes 2 de marzo, 09:00",
        receivedAt: "2026-03-02T09:00:00.000Z",
      },
    ]);
  });

  test("by WhatsApp is the approved text with its variables", async () => {
    await channel.send(aMessage());
    expect(received()).toMatchObject([
      {
        channel: "whatsapp",
        to: "+525512345678",
        template: "appointment_confirmed",
        language: "es",
        body: "Hola, Ana Torres.\nCuándo: lunes 2 de marzo, 09:00",
      },
    ]);
  });

  test("by WhatsApp is free text within 24 hours of what the person wrote", async () => {
    scene.providers.say({
      provider: "twilio",
      channel: "whatsapp",
      from: "+525512345678",
      to: "+525550000000",
      body: "Hola",
    });
    await channel.send(aMessage({ windowOpen: true, body: "Claro, Ana." }));
    expect(received()[0]).toMatchObject({ body: "Claro, Ana.", fate: { status: "delivered" } });
    expect(received()[0]).not.toHaveProperty("template");
  });

  test("by voice is said in the language of the person", async () => {
    const body = "Hola, Ana <Torres>.\nCuándo: mañana & tarde.";
    const { providerMessageId } = await channel.send(aMessage({ channel: "voice", body }));
    expect(providerMessageId).toMatch(/^CA[0-9a-f]{32}$/);
    expect(received()).toMatchObject([{ channel: "voice", language: "es", body }]);
  });

  test("goes by no channel that Twilio does not have", async () => {
    expect(await failureOf(channel.send(aMessage({ channel: "email" })))).toMatchObject({
      reason: "refused",
    });
  });
});

describe("a registered text", () => {
  const SENDS = "POST /2010-04-01/Accounts/AC1/Messages.json";

  /** Twilio with one text, which says what it was asked. */
  async function registry() {
    const asked: URL[] = [];
    let isKnown = true;
    const gate = await listen(async (request, response) => {
      const url = new URL(request.url!, "http://gate");
      asked.push(url);
      if (url.pathname === "/v2/Content") {
        const types = { "twilio/text": { body: "Hola, {{1}}" } };
        const content = { sid: "HX1", friendly_name: "appointment_confirmed_es", types };
        response.end(JSON.stringify({ contents: [content] }));
      } else {
        response.writeHead(isKnown ? 201 : 400);
        response.end(JSON.stringify(isKnown ? { sid: "SM1" } : { code: 21655 }));
      }
    });
    onTestFinished(() => gate.close());
    const { url } = gate;
    const by = twilio({
      ...{ accountSid: "AC1", authToken: "token", apiUrl: url, contentUrl: url },
      now: scene.clock.now,
    });
    return {
      asked,
      paths: () => asked.map(({ pathname }) => (pathname.startsWith("/2010") ? SENDS : pathname)),
      send: () => by.send(aMessage()),
      forgets: (forgotten: boolean) => {
        isKnown = !forgotten;
      },
    };
  }

  test("is the newest of its name that WhatsApp has approved", async () => {
    const { asked, send } = await registry();
    await send();
    expect(Object.fromEntries(asked[0]!.searchParams)).toMatchObject({
      ContentName: "^appointment_confirmed_es$",
      ChannelEligibility: "whatsapp:approved",
      SortByDate: "desc",
    });
  });

  test("is looked up once an hour, so that a new one is known by then", async () => {
    const { paths, send } = await registry();
    await send();
    scene.clock.time += HOUR - 1;
    await send();
    expect(paths()).toEqual(["/v2/Content", SENDS, SENDS]);
    scene.clock.time += 1;
    await send();
    expect(paths().slice(3)).toEqual(["/v2/Content", SENDS]);
  });

  test("is looked up again after Twilio has refused it", async () => {
    const { paths, send, forgets } = await registry();
    await send();
    forgets(true);
    expect(await failureOf(send())).toMatchObject({ name: "Undeliverable", reason: "refused" });
    forgets(false);
    await send();
    expect(paths()).toEqual(["/v2/Content", SENDS, SENDS, "/v2/Content", SENDS]);
  });
});

describe("a message is to be sent again", () => {
  test("after as long as Twilio asks for", async () => {
    scene.providers.fail({ provider: "twilio", times: 1, answer: "busy", retryAfterSeconds: 7 });
    expect(await failureOf(channel.send(sms()))).toMatchObject({
      name: "TryLater",
      reason: "busy",
      retryAfterSeconds: 7,
      unclear: false,
    });
    expect(received()).toEqual([]);
  });

  test("when Twilio has a fault, after which it may have gone out", async () => {
    scene.providers.fail({ provider: "twilio", times: 1, answer: "fault" });
    expect(await failureOf(channel.send(sms()))).toMatchObject({ reason: "busy", unclear: true });
  });

  test("when the account is not accepted, since it can be put right", async () => {
    const { TWILIO_API_URL: apiUrl, TWILIO_ACCOUNT_SID: accountSid } = scene.providers.variables("twilio");
    const stranger = twilio({ accountSid: accountSid!, authToken: "other", apiUrl });
    expect(await failureOf(stranger.send(sms()))).toMatchObject({ reason: "unauthorized", unclear: false });
  });

  test("when no answer comes in time", async () => {
    scene.providers.fail({ provider: "twilio", times: 1, answer: "silent" });
    const { TWILIO_API_URL: apiUrl, TWILIO_ACCOUNT_SID: accountSid } = scene.providers.variables("twilio");
    const impatient = twilio({
      accountSid: accountSid!,
      authToken: TWILIO_AUTH_TOKEN,
      apiUrl,
      timeoutMillis: 30,
    });
    expect(await failureOf(impatient.send(sms()))).toMatchObject({ reason: "timeout", unclear: true });
  });

  test("when the answer makes no sense", async () => {
    scene.providers.fail({ provider: "twilio", times: 1, answer: "broken" });
    expect(await failureOf(channel.send(sms()))).toMatchObject({
      reason: "unreadable-answer",
      unclear: true,
    });
  });

  test("when nobody is there, who cannot have sent it", async () => {
    const nowhere = twilio({ accountSid: "AC1", authToken: "token", apiUrl: await nobody() });
    expect(await failureOf(nowhere.send(sms()))).toMatchObject({ reason: "unreachable", unclear: false });
  });
});

describe("a message whose answer got lost", () => {
  /** As one that was begun now is sent again. */
  const again = (message: Channel.OutgoingMessage = sms()) => {
    const since = new Date(scene.clock.time).toISOString();
    return () => channel.send({ ...message, mayHaveBeenSent: { since } });
  };

  test.each([
    ["SMS", sms()],
    ["an approved text of WhatsApp", aMessage()],
    ["a call", aMessage({ channel: "voice" })],
  ])("is found, and not sent again: %s", async (_what, message) => {
    const sendAgain = again(message);
    scene.providers.fail({ provider: "twilio", times: 1, answer: "lost" });
    expect(await failureOf(channel.send(message))).toMatchObject({ reason: "unreachable", unclear: true });
    scene.clock.time += 12 * HOUR;
    const [sent] = received();
    expect(await sendAgain()).toEqual({ providerMessageId: sent!.providerMessageId });
    expect(received()).toHaveLength(1);
  });

  test("is sent when it is not among those that went out", async () => {
    const sendAgain = again();
    await channel.send(sms({ body: "Another one" }));
    await channel.send(sms({ to: "+525599999999" }));
    await channel.send(sms({ sender: "+525551111111" }));
    await sendAgain();
    expect(received()).toHaveLength(4);
  });

  test("is not taken for the dose before it, which said the same, nor for the next", async () => {
    await channel.send(sms());
    scene.clock.time += 2 * MINUTE;
    const sendAgain = again();
    const { providerMessageId } = await sendAgain();
    scene.clock.time += HOUR;
    await channel.send(sms());
    expect(received()).toHaveLength(3);
    expect(await sendAgain()).toEqual({ providerMessageId });
  });

  test("is no later call, which may be about something else", async () => {
    const call = aMessage({ channel: "voice" });
    const sendAgain = again(call);
    scene.clock.time += HOUR;
    await channel.send(call);
    await sendAgain();
    expect(received()).toHaveLength(2);
  });

  test("stays unclear while nobody can look", async () => {
    const nowhere = twilio({ accountSid: "AC1", authToken: "token", apiUrl: await nobody() });
    const mayHaveBeenSent = { since: "2026-03-02T09:00:00.000Z" };
    expect(await failureOf(nowhere.send(sms({ mayHaveBeenSent })))).toMatchObject({
      reason: "unreachable",
      unclear: true,
    });
  });
});

describe("a message is given up", () => {
  const ends = { provider: "twilio", channel: "sms", from: "+525512345678", to: "+525550000000" } as const;

  // Twilio's own numbers for tests.
  test.each([
    ["+15005550001", "wrong-number"],
    ["+15005550009", "wrong-number"],
    ["+15005550004", "opted-out"],
    ["+15005550002", "refused"],
    ["+15005550003", "refused"],
  ])("to %s: %s", async (to, reason) => {
    const error = await failureOf(channel.send(sms({ to })));
    expect(error).toBeInstanceOf(Channel.Undeliverable);
    expect(error).toMatchObject({ reason });
  });

  test.each([
    [63024, "wrong-number"],
    [63003, "wrong-number"],
    [63016, "refused"],
    [21610, "opted-out"],
    [99999, "refused"],
  ])("when it is refused with %s: %s", async (refuse, reason) => {
    scene.providers.fail({ provider: "twilio", times: 1, refuse });
    const error = await failureOf(channel.send(sms()));
    expect(error).toBeInstanceOf(Channel.Undeliverable);
    expect(error).toMatchObject({ reason });
  });

  test("when nobody has registered its template", async () => {
    const error = await failureOf(channel.send(aMessage({ template: "birthday_greeting" })));
    expect(error).toMatchObject({ name: "Undeliverable", reason: "refused" });
  });

  test("when the registered text has other variables", async () => {
    const error = await failureOf(channel.send(aMessage({ parameters: { patient_name: "Ana" } })));
    expect(error).toMatchObject({ name: "Undeliverable", reason: "refused" });
  });

  // twilio.com/docs/messaging/tutorials/advanced-opt-out: what a number does that is in no messaging service.
  test.each(["Stop", "STOPALL", "unsubscribe", " CANCEL ", "End", "quit", "revoke", "OPTOUT"])(
    "by SMS to whoever wrote %j, and to nobody else",
    async (body) => {
      scene.providers.say({ ...ends, body });
      expect(await failureOf(channel.send(sms()))).toMatchObject({ reason: "opted-out" });
      await channel.send(aMessage());
      await channel.send(sms({ sender: "+525551111111" }));
    },
  );

  test.each(["START", "unstop", "Yes"])("by SMS until the person writes %s", async (body) => {
    scene.providers.say({ ...ends, body: "STOP" });
    scene.clock.time += MINUTE;
    scene.providers.say({ ...ends, body });
    await channel.send(sms());
  });

  test("to nobody for what only holds one of those words", async () => {
    scene.providers.say({ ...ends, body: "Please cancel" });
    scene.providers.say({ ...ends, body: "CAN'T COME" });
    await channel.send(sms());
  });
});

test.each([[{ refuse: 20429 }], [{ refuse: 14107 }], [{ refuse: 20003 }]])("%j may pass", async (fault) => {
  scene.providers.fail({ provider: "twilio", times: 1, ...fault });
  expect(await failureOf(channel.send(sms()))).toMatchObject({ name: "TryLater", unclear: false });
});

describe("Twilio tells", () => {
  const formOf = (index: number) => Object.fromEntries(new URLSearchParams(scene.told[index]!.body));

  test("that a message was delivered, under its reference, by a form that it signs", async () => {
    const { providerMessageId } = await channel.send(sms());
    await scene.pass(MINUTE);
    const [{ url, headers, body }] = scene.told as [Scene["told"][number]];
    expect(url).toBe(
      "/v1/webhooks/twilio/status?reference=ntf_01JDWXR3M8Q6V9T2KZB4N7HC5E-01JDWXR3M8Q6V9T2KZB4N7HC5F-whatsapp",
    );
    expect(formOf(0)).toMatchObject({ MessageSid: providerMessageId, MessageStatus: "delivered" });
    const fields = [...new URLSearchParams(body)].sort(([a], [b]) => (a < b ? -1 : 1)).flat();
    expect(headers["x-twilio-signature"]).toBe(
      createHmac("sha1", TWILIO_AUTH_TOKEN)
        .update([`http://${headers.host}${url}`, ...fields].join(""))
        .digest("base64"),
    );
  });

  test("that free text came too late for WhatsApp", async () => {
    await channel.send(aMessage({ windowOpen: true }));
    await scene.pass(MINUTE);
    expect(formOf(0)).toMatchObject({ MessageStatus: "undelivered", ErrorCode: "63016" });
  });

  test("whether a call was taken", async () => {
    await channel.send(aMessage({ channel: "voice" }));
    scene.providers.fail({ provider: "twilio", times: 1, receipt: "undelivered" });
    await channel.send(aMessage({ channel: "voice", to: "+525599999999" }));
    await scene.pass(MINUTE);
    expect([formOf(0).CallStatus, formOf(1).CallStatus]).toEqual(["completed", "no-answer"]);
  });

  test("what a person wrote", async () => {
    const { providerMessageId } = await channel.send(aMessage());
    scene.providers.say({
      provider: "twilio",
      channel: "whatsapp",
      from: "+525512345678",
      to: "+525550000000",
      body: "CONFIRMAR",
      inReplyTo: providerMessageId,
    });
    await scene.pass(0);
    expect(formOf(0)).toMatchObject({
      From: "whatsapp:+525512345678",
      To: "whatsapp:+525550000000",
      Body: "CONFIRMAR",
      OriginalRepliedMessageSid: providerMessageId,
    });
  });
});

test("no error tells of the person", async () => {
  for (const fault of [
    { refuse: 21211 },
    { answer: "busy" },
    { answer: "fault" },
    { answer: "broken" },
  ] as const) {
    scene.providers.fail({ provider: "twilio", times: 1, ...fault });
    const told = inspect(await failureOf(channel.send(sms())), { depth: 10, showHidden: true });
    expect(told).toMatch(/TryLater|WrongNumber/);
    expect(told).not.toContain("5512345678");
    expect(told).not.toContain("Ana Torres");
  }
});
