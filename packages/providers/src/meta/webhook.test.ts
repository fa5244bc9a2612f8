import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { NOW, posted, refusalOf } from "../webhook/request.fixture.ts";
import { metaChallenge, metaWebhook } from "./webhook.ts";

const secrets = { appSecret: "an-app-secret", verifyToken: "a-verify-token" };

const sign = (body: string, secret = secrets.appSecret): string =>
  `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;

const body = '{"object":"whatsapp_business_account","entry":[]}';
const verify = (sent: string, signature?: string) =>
  refusalOf(() =>
    metaWebhook.verify(
      posted("meta", sent, signature ? { "x-hub-signature-256": signature } : {}),
      secrets,
      NOW,
    ),
  );

describe("a call of Meta's", () => {
  test("is its own when its raw body is signed", async () => {
    expect(await verify(body, sign(body))).toBeUndefined();
    expect(await verify(`${body} `, sign(`${body} `))).toBeUndefined();
  });

  test.each([
    ["by another app", sign(body, "another"), body],
    ["not at all", undefined, body],
    ["before it was changed", sign(body), `${body} `],
    ["with the older hash", `sha1=${createHmac("sha1", secrets.appSecret).update(body).digest("hex")}`, body],
    ["in other letters", sign(body).toUpperCase(), body],
  ])("is refused when signed %s", async (_, signature, sent) => {
    expect(await verify(sent, signature)).toBe("BadSignature");
  });
});

describe("the question whether this is the address", () => {
  const asked = (query: Record<string, string>) => () =>
    metaChallenge({ ...posted("meta", "", {}, `?${new URLSearchParams(query)}`), method: "GET" }, secrets);
  const query = {
    "hub.mode": "subscribe",
    "hub.verify_token": "a-verify-token",
    "hub.challenge": "1158201444",
  };

  test("is answered with its challenge", () => {
    expect(asked(query)()).toBe("1158201444");
  });

  test("is not answered to whoever does not know the token", () => {
    expect(asked({ ...query, "hub.verify_token": "guessed" })).toThrow("signature");
    expect(asked({ ...query, "hub.mode": "unsubscribe" })).toThrow("signature");
    expect(asked({})).toThrow("signature");
  });
});

const metadata = { phone_number_id: "106540352242922", display_phone_number: "52 55 5000 0000" };
const change = (value: object, field = "messages") => ({ field, value: { metadata, ...value } });
const entryOf = (...changes: object[]) => ({ id: "WABA", changes });
const parsed = (...entry: object[]) =>
  metaWebhook.parse(posted("meta", JSON.stringify({ object: "whatsapp_business_account", entry })));

const status = { id: "wamid.1", status: "delivered", timestamp: "1772463600", recipient_id: "525587654321" };
const text = {
  id: "wamid.2",
  from: "525587654321",
  timestamp: "1772463600",
  type: "text",
  text: { body: "Sí" },
};

describe("statuses", () => {
  test("say what became of a message, with what was given along", () => {
    const failed = {
      ...status,
      status: "failed",
      biz_opaque_callback_data: "ntf_1-a-whatsapp",
      errors: [{ code: 131_026, title: "Message undeliverable" }],
    };
    expect(parsed(entryOf(change({ statuses: [status, { ...status, status: "read" }, failed] })))).toEqual([
      { kind: "receipt", providerMessageId: "wamid.1", status: "delivered", at: "2026-03-02T15:00:00.000Z" },
      { kind: "receipt", providerMessageId: "wamid.1", status: "delivered", at: "2026-03-02T15:00:00.000Z" },
      {
        kind: "receipt",
        providerMessageId: "wamid.1",
        reference: "ntf_1-a-whatsapp",
        status: "failed",
        reason: "wrong-number",
        at: "2026-03-02T15:00:00.000Z",
      },
    ]);
  });

  test("of somebody who has stopped messages that Meta calls marketing stop nothing else", () => {
    const failed = { ...status, status: "failed", errors: [{ code: 131_050 }] };
    expect(parsed(entryOf(change({ statuses: [failed] })))).toMatchObject([
      { kind: "receipt", status: "failed", reason: "refused" },
    ]);
  });

  test("on the way say that Meta has the message", () => {
    expect(parsed(entryOf(change({ statuses: [{ ...status, status: "sent" }] })))).toMatchObject([
      { kind: "receipt", providerMessageId: "wamid.1", status: "taken" },
    ]);
    expect(parsed(entryOf(change({ statuses: [{ ...status, status: "deleted" }] })))).toEqual([]);
  });
});

describe("messages", () => {
  const message = {
    kind: "message",
    providerMessageId: "wamid.2",
    channel: "whatsapp",
    from: "+525587654321",
    to: ["106540352242922", "+525550000000"],
    text: "Sí",
    at: "2026-03-02T15:00:00.000Z",
  };
  const told = (...messages: object[]) => parsed(entryOf(change({ messages })));

  test("of several entries and changes are all read", () => {
    const second = change({ messages: [{ ...text, id: "wamid.3" }], statuses: [status] });
    const all = parsed(entryOf(change({ messages: [text] }), change({}, "account_update")), entryOf(second));
    expect(all.map((incoming) => "providerMessageId" in incoming && incoming.providerMessageId)).toEqual([
      "wamid.2",
      "wamid.1",
      "wamid.3",
    ]);
    expect(all[0]).toEqual(message);
  });

  test("may answer one of ours, by text, button or list", () => {
    const context = { from: "525550000000", id: "wamid.1" };
    const { text: _, ...bare } = { ...text, context };
    const pressed = {
      type: "interactive",
      interactive: { type: "button_reply", button_reply: { id: "1", title: "Sí" } },
    };
    const listed = {
      type: "interactive",
      interactive: { type: "list_reply", list_reply: { id: "1", title: "Sí" } },
    };
    const answers = told(
      { ...text, context },
      { ...bare, type: "button", button: { payload: "YES", text: "Sí" } },
      { ...bare, ...pressed },
      { ...bare, ...listed },
    );
    expect(answers).toEqual(Array(4).fill({ ...message, answers: "wamid.1" }));
  });

  test("may be a sign put to one of ours, or taken back", () => {
    const reaction = { message_id: "wamid.1", emoji: "👍" };
    const { text: _, ...bare } = { ...text, type: "reaction" };
    expect(told({ ...bare, reaction })).toEqual([{ ...message, text: "👍", answers: "wamid.1" }]);
    expect(told({ ...bare, reaction: { message_id: "wamid.1", emoji: "" } })).toEqual([]);
  });

  test("that are no text say what they are", () => {
    const { text: _, ...bare } = text;
    expect(told({ ...bare, type: "unsupported", errors: [{ code: 131_051 }] })).toEqual([
      { ...message, text: "", attachment: "unsupported" },
    ]);
  });

  test("with a file have what was written below it, and what Meta calls the file", () => {
    const { text: _, ...bare } = text;
    const image = { id: "2754859441498128", mime_type: "image/jpeg", sha256: "81d3", caption: "¿Es normal?" };
    const pdf = { id: "1", mime_type: "application/pdf", filename: "estudio.pdf" };
    expect(told({ ...bare, type: "image", image }, { ...bare, type: "document", document: pdf })).toEqual([
      { ...message, text: "¿Es normal?", attachment: "image", media: { id: "2754859441498128" } },
      { ...message, text: "", attachment: "document", media: { id: "1", fileName: "estudio.pdf" } },
    ]);
    for (const type of ["audio", "video", "sticker"]) {
      expect(told({ ...bare, type, [type]: { id: "1", caption: "Así" } })).toEqual([
        { ...message, text: "Así", attachment: type, media: { id: "1" } },
      ]);
    }
  });

  test("with a file that is not as documented are kept all the same", () => {
    const { text: _, ...bare } = text;
    expect(told({ ...bare, type: "image", image: { url: "https://example.org" } })).toEqual([
      { ...message, text: "", attachment: "image" },
    ]);
  });

  test("with a place have what it is called and where it is", () => {
    const { text: _, ...bare } = { ...text, type: "location" };
    const at = { latitude: 19.4195, longitude: -99.1597 };
    const named = { ...at, name: "Casa de mi hija", address: "Plaza Río de Janeiro 5" };
    expect(told({ ...bare, location: at }, { ...bare, location: named })).toEqual([
      { ...message, text: "19.4195, -99.1597", attachment: "location" },
      {
        ...message,
        text: "Casa de mi hija\nPlaza Río de Janeiro 5\n19.4195, -99.1597",
        attachment: "location",
      },
    ]);
  });

  test("with somebody's card have names and phones", () => {
    const { text: _, ...bare } = { ...text, type: "contacts" };
    const contacts = [
      {
        name: { formatted_name: "Eva Ruiz", first_name: "Eva" },
        phones: [{ phone: "+52 55 1111 2222" }, {}],
      },
      { name: { formatted_name: "Dr. Sol" } },
    ];
    expect(told({ ...bare, contacts })).toEqual([
      { ...message, text: "Eva Ruiz, +52 55 1111 2222\nDr. Sol", attachment: "contacts" },
    ]);
  });

  test("that make no sense lose no other, and do not say what was said", () => {
    const mute = { ...text, text: undefined };
    const nobody = { ...text, from: "Lucía" };
    const late = { ...text, timestamp: "soon" };
    expect(told(mute, nobody, late, text)).toEqual([
      { kind: "broken", reason: "message: text" },
      { kind: "broken", reason: "message: from" },
      { kind: "broken", reason: "message: timestamp" },
      message,
    ]);
  });
});

test.each(["", "[]", "{", '{"object":"page","entry":[]}', '{"object":"whatsapp_business_account"}'])(
  "a body that is not as documented is broken: %s",
  (sent) => {
    expect(metaWebhook.parse(posted("meta", sent))).toMatchObject([
      { kind: "broken", reason: expect.stringContaining("envelope") },
    ]);
  },
);
