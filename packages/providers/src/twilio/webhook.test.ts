import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { NOW, posted, refusalOf } from "../webhook/request.fixture.ts";
import { twilioWebhook } from "./webhook.ts";

const secrets = { authToken: "12345" };

const form = (fields: Record<string, string>): string => new URLSearchParams(fields).toString();

/** As the documentation says, written out once more. */
const sign = (url: string, fields: Record<string, string>, token = secrets.authToken): string =>
  createHmac("sha1", token)
    .update(
      Object.keys(fields)
        .sort()
        .reduce((text, name) => text + name + fields[name], url),
    )
    .digest("base64");

const status = { MessageSid: "SM1", MessageStatus: "delivered", To: "+525587654321", AccountSid: "AC1" };

const called = (fields: Record<string, string>, signedUrl?: string, query = "") => {
  const request = posted("twilio", form(fields), {}, query);
  const signature = sign(signedUrl ?? request.url, fields);
  return { ...request, headers: { "x-twilio-signature": signature } };
};

const verify = (request: ReturnType<typeof posted>) =>
  refusalOf(() => twilioWebhook.verify(request, secrets, NOW));

describe("a call of Twilio's", () => {
  test("is its own when address and fields are signed, as in the example of its documentation", async () => {
    const fields = {
      CallSid: "CA1234567890ABCDE",
      Caller: "+14158675309",
      Digits: "1234",
      From: "+14158675309",
      To: "+18005551212",
    };
    const request = {
      ...posted("twilio", form(fields)),
      url: "https://mycompany.com/myapp.php?foo=1&bar=2",
      headers: { "x-twilio-signature": "RSOYDt4T1cUTdK1PDd93/VVr8B8=" },
    };
    expect(await verify(request)).toBeUndefined();
  });

  test("may be signed with the port or without", async () => {
    expect(await verify(called(status, "https://api.turno.example:443/v1/webhooks/twilio"))).toBeUndefined();
    const local = { ...called(status, "http://127.0.0.1/hook"), url: "http://127.0.0.1:3000/hook" };
    expect(await verify(local)).toBeUndefined();
  });

  test("with signs of every language is its own", async () => {
    expect(await verify(called({ ...status, Body: "¿Sí? + 100% ñandú & 😀=" }))).toBeUndefined();
  });

  test("with a field of several values is signed with each, once, as in the example of its library", async () => {
    const request = {
      ...posted("twilio", "Sid=CA123&SidAccount=AC123&Digits=5678&Digits=1234&Digits=1234"),
      url: "https://mycompany.com/myapp.php?foo=1&bar=2",
      headers: { "x-twilio-signature": "IK+Dwps556ElfBT0I3Rgjkr1wJU=" },
    };
    expect(await verify(request)).toBeUndefined();
  });

  test.each([
    ["by somebody else", { headers: { "x-twilio-signature": sign("https://x", status, "other") } }],
    ["not at all", { headers: {} }],
    ["for another address", { url: "https://api.turno.example/v1/webhooks/twilio?reference=ntf_other" }],
    ["before it was changed", { body: Buffer.from(form({ ...status, MessageStatus: "failed" })) }],
    ["before a field was added", { body: Buffer.from(form({ ...status, ErrorCode: "21610" })) }],
  ])("is refused when signed %s", async (_, change) => {
    expect(await verify({ ...called(status), ...change })).toBe("BadSignature");
  });
});

const parsed = (fields: Record<string, string>, query = "") =>
  twilioWebhook.parse(posted("twilio", form(fields), {}, query));

describe("a status", () => {
  test("of a message that arrived or was read is a receipt, with the reference of the address", () => {
    const receipt = { kind: "receipt", providerMessageId: "SM1", status: "delivered" };
    expect(parsed(status)).toEqual([receipt]);
    expect(parsed({ ...status, MessageStatus: "read" }, "?reference=ntf_1-a-sms")).toEqual([
      { ...receipt, reference: "ntf_1-a-sms" },
    ]);
  });

  test.each([
    ["30005", "wrong-number"],
    ["30006", "wrong-number"],
    ["21610", "opted-out"],
    ["30008", "refused"],
  ])("of a message that failed with %s says %s", (ErrorCode, reason) => {
    for (const MessageStatus of ["failed", "undelivered"]) {
      expect(parsed({ ...status, MessageStatus, ErrorCode })).toMatchObject([{ status: "failed", reason }]);
    }
  });

  test.each(["queued", "sending", "sent", "accepted", "something-new"])(
    "%s says that Twilio has the message",
    (MessageStatus) => {
      expect(parsed({ ...status, MessageStatus }, "?reference=ntf_1-a-sms")).toEqual([
        { kind: "receipt", providerMessageId: "SM1", reference: "ntf_1-a-sms", status: "taken" },
      ]);
    },
  );

  test("of a call says whether somebody took it", () => {
    const call = { CallSid: "CA1", From: "+525550000000" };
    expect(parsed({ ...call, CallStatus: "completed" }, "?reference=ntf_1-a-voice")).toMatchObject([
      { providerMessageId: "CA1", status: "delivered", reference: "ntf_1-a-voice" },
    ]);
    expect(parsed({ ...call, CallStatus: "no-answer" })).toMatchObject([{ status: "failed" }]);
    expect(parsed({ ...call, CallStatus: "ringing" })).toMatchObject([{ status: "taken" }]);
  });
});

describe("a message", () => {
  const inbound = {
    MessageSid: "SM2",
    From: "+525587654321",
    To: "+525550000000",
    Body: "Sí",
    NumMedia: "0",
  };
  const message = {
    kind: "message",
    providerMessageId: "SM2",
    channel: "sms",
    from: "+525587654321",
    to: ["+525550000000"],
    text: "Sí",
  };

  test("by SMS names the number and the service that it was sent to", () => {
    expect(parsed(inbound)).toEqual([message]);
    expect(parsed({ ...inbound, MessagingServiceSid: "MG1" })).toEqual([
      { ...message, to: ["+525550000000", "MG1"] },
    ]);
  });

  test("by WhatsApp names what it answers", () => {
    const fields = {
      ...inbound,
      From: "whatsapp:+525587654321",
      To: "whatsapp:+525550000000",
      OriginalRepliedMessageSid: "SM1",
    };
    expect(parsed(fields)).toEqual([{ ...message, channel: "whatsapp", answers: "SM1" }]);
  });

  test.each([
    ["image/jpeg", "image"],
    ["audio/ogg", "audio"],
    ["application/pdf", "document"],
    ["text/vcard", "contacts"],
  ])("with a file of %s is %s, and says where Twilio has it", (MediaContentType0, attachment) => {
    const id = "https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1";
    const file = { NumMedia: "1", MediaContentType0, MediaUrl0: id };
    expect(parsed({ ...inbound, ...file })).toEqual([{ ...message, attachment, media: { id } }]);
  });

  test("with a place says which", () => {
    const place = { Latitude: "19.4326", Longitude: "-99.1332", Label: "Mi casa", Address: "Reforma 10" };
    expect(parsed({ ...inbound, Body: "", ...place })).toEqual([
      { ...message, text: "Mi casa\nReforma 10\n19.4326, -99.1332", attachment: "location" },
    ]);
  });

  test("that is not as documented is broken, and says where without what was said", () => {
    const { Body: _, ...bodiless } = inbound;
    expect(parsed(bodiless)).toEqual([{ kind: "broken", reason: "message: Body" }]);
    expect(parsed({ ...inbound, From: "a name" })).toEqual([{ kind: "broken", reason: "message: From" }]);
    expect(twilioWebhook.parse(posted("twilio", '{"json":true}'))).toMatchObject([{ kind: "broken" }]);
    expect(parsed({ ...status, MessageSid: "" })).toEqual([{ kind: "broken", reason: "status: MessageSid" }]);
  });
});
