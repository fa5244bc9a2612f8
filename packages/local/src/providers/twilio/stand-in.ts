import { createHash, createHmac } from "node:crypto";
import type { Fault, Message, Office, Said } from "../office/index.ts";
import { type Asked, E164, type Hook, type Reply, type StandIn } from "../stand-in.ts";
import { filled, languageOf, type Registered } from "../templates.ts";
import { toldOnThePhone } from "./speech.ts";

const ACCOUNT_SID = "AC00000000000000000000000000000001";
export const TWILIO_AUTH_TOKEN = "local-twilio-auth-token";

const DAY_MS = 24 * 60 * 60_000;

/**
 * The numbers that Twilio keeps for tests, and how it answers to each.
 *
 * Source: twilio.com/docs/iam/test-credentials
 */
const MAGIC: Readonly<Record<string, number>> = {
  "+15005550001": 21211,
  "+15005550002": 21612,
  "+15005550003": 21408,
  "+15005550004": 21610,
  "+15005550009": 21614,
};

/**
 * The words after which a number that is in no messaging service sends a person no more SMS, and those that undo it: each
 * alone, and no longer text that it stands in.
 *
 * Source: twilio.com/docs/messaging/tutorials/advanced-opt-out
 */
const STOPPING = new Set(["STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"]);
const STARTING = new Set(["START", "UNSTOP", "YES"]);

/** Twilio's Messages, Calls and Content. */
export function twilioStandIn(office: Office, registered: Registered["twilio"]): StandIn {
  const accountPath = `/2010-04-01/Accounts/${ACCOUNT_SID}`;

  const answer = (asked: Asked, fault: Partial<Fault>): Reply => {
    if (!isOurs(asked)) return refused(401, 20003);
    switch (`${asked.method} ${asked.path}`) {
      case `POST ${accountPath}/Messages.json`:
        return takeMessage(asked, fault);
      case `POST ${accountPath}/Calls.json`:
        return takeCall(asked, fault);
      case `GET ${accountPath}/Messages.json`:
        return { status: 200, body: { messages: sentTo(asked.query, "SM").map(resourceOf) } };
      case `GET ${accountPath}/Calls.json`:
        return { status: 200, body: { calls: sentTo(asked.query, "CA").map(resourceOf) } };
      case "GET /v2/Content":
        return { status: 200, body: { contents: contents(asked.query.get("ContentName") ?? "") } };
      default:
        return refused(404, 20404);
    }
  };

  const sentTo = (query: URLSearchParams, kind: "SM" | "CA"): Message[] =>
    office
      .messages()
      .filter(
        ({ provider, providerMessageId, ...message }) =>
          provider === "twilio" &&
          providerMessageId.startsWith(kind) &&
          addressOf(message, message.to) === query.get("To") &&
          addressOf(message, message.from) === query.get("From"),
      );

  const contents = (pattern: string): object[] => {
    const name = new RegExp(pattern);
    return registered
      .filter(({ content }) => name.test(content.friendly_name))
      .map(({ content }) => ({ sid: contentSid(content.friendly_name), ...content }));
  };

  function takeMessage(asked: Asked, fault: Partial<Fault>): Reply {
    const form = formOf(asked);
    if (!form) return refused(400, 21604);
    const [channel, to] = split(form.get("To") ?? "");
    const [fromChannel, from] = split(form.get("From") ?? "");
    if (!E164.test(to)) return refused(400, 21211);
    if (fromChannel !== channel || !E164.test(from)) return refused(400, channel === "sms" ? 21212 : 63007);
    const magic = MAGIC[to];
    if (magic) return refused(400, magic);
    if (channel === "sms" && hasStopped(to, from)) return refused(400, 21610);
    const content = form.has("ContentSid") ? contentOf(form) : textOf(form);
    if ("code" in content) return refused(400, content.code);
    // WhatsApp says so only after Twilio has taken it.
    const tooLate = channel === "whatsapp" && !form.has("ContentSid") && !wroteToday(to, from);
    return created(
      office.keep(
        {
          providerMessageId: `SM${hexId()}`,
          provider: "twilio",
          channel,
          to,
          from,
          ...content,
          ...(form.has("StatusCallback") && { callback: form.get("StatusCallback")! }),
          ...(tooLate && { failsWith: 63016 }),
        },
        fault,
      ),
    );
  }

  function takeCall(asked: Asked, fault: Partial<Fault>): Reply {
    const form = formOf(asked);
    if (!form) return refused(400, 21201);
    const [to, from] = [form.get("To") ?? "", form.get("From") ?? ""];
    if (!E164.test(to)) return refused(400, 21211);
    if (!E164.test(from)) return refused(400, 21212);
    const magic = MAGIC[to];
    if (magic) return refused(400, magic);
    const told = toldOnThePhone(form.get("Twiml") ?? "");
    if (!told) return refused(400, 12100);
    return created(
      office.keep(
        {
          providerMessageId: `CA${hexId()}`,
          provider: "twilio",
          channel: "voice",
          to,
          from,
          ...told,
          ...(form.has("StatusCallback") && { callback: form.get("StatusCallback")! }),
        },
        fault,
      ),
    );
  }

  function contentOf(
    form: URLSearchParams,
  ): { code: number } | { body: string; template: string; language: string } {
    const known = registered.find(
      ({ content }) => contentSid(content.friendly_name) === form.get("ContentSid"),
    );
    if (!known) return { code: 21655 };
    const { content, approval } = known;
    const values = variablesIn(form.get("ContentVariables") ?? "{}");
    const isFitting =
      values !== undefined &&
      Object.keys(values).sort().join() === Object.keys(content.variables).sort().join() &&
      Object.values(values).every((value) => typeof value === "string" && /^\S/.test(value));
    if (!isFitting) return { code: 21656 };
    return {
      body: filled(content.types["twilio/text"].body, values),
      template: approval.name,
      language: languageOf(content.language),
    };
  }

  /** WhatsApp's window of 24 hours. */
  const wroteToday = (person: string, sender: string): boolean => {
    const [last] = office.said(person, sender).filter(({ channel }) => channel === "whatsapp");
    return last !== undefined && office.now() - Date.parse(last.saidAt) < DAY_MS;
  };

  const hasStopped = (person: string, sender: string): boolean => {
    const words = office
      .said(person, sender)
      .filter(({ channel }) => channel === "sms")
      .map(({ body }) => body.trim().toUpperCase());
    const last = words.find((word) => STOPPING.has(word) || STARTING.has(word));
    return last !== undefined && STOPPING.has(last);
  };

  const hexId = (): string => createHash("md5").update(office.newId()).digest("hex");

  return {
    provider: "twilio",
    variables: (url) => ({
      TWILIO_ACCOUNT_SID: ACCOUNT_SID,
      TWILIO_AUTH_TOKEN,
      TWILIO_API_URL: url,
      TWILIO_CONTENT_URL: url,
    }),
    isMessage: ({ method }) => method === "POST",
    answer,
    failure(why) {
      if (why === "busy") return refused(429, 20429);
      if (why === "fault") return refused(500, 20500);
      return refused(400, Number(why));
    },
    receipt,
    saying,
  };
}

const isOurs = ({ headers }: Asked): boolean =>
  headers.authorization === `Basic ${Buffer.from(`${ACCOUNT_SID}:${TWILIO_AUTH_TOKEN}`).toString("base64")}`;

const refused = (status: number, code: number): Reply => ({
  status,
  body: {
    code,
    message: `Error ${code}`,
    more_info: `https://www.twilio.com/docs/errors/${code}`,
    status,
  },
});

const formOf = ({ headers, body }: Asked): URLSearchParams | undefined =>
  headers["content-type"]?.startsWith("application/x-www-form-urlencoded")
    ? new URLSearchParams(body.toString("utf8"))
    : undefined;

const split = (address: string): ["whatsapp" | "sms", string] =>
  address.startsWith("whatsapp:") ? ["whatsapp", address.slice("whatsapp:".length)] : ["sms", address];

const addressOf = ({ channel }: Pick<Message, "channel">, phone: string): string =>
  channel === "whatsapp" ? `whatsapp:${phone}` : phone;

function textOf(form: URLSearchParams): { code: number } | { body: string } {
  const body = form.get("Body") ?? "";
  if (body === "") return { code: 21619 };
  return body.length > 1600 ? { code: 21617 } : { body };
}

function variablesIn(text: string): Record<string, string> | undefined {
  try {
    return JSON.parse(text) as Record<string, string>;
  } catch {
    return undefined;
  }
}

const contentSid = (friendlyName: string): string =>
  `HX${createHash("md5").update(friendlyName).digest("hex")}`;

const created = (message: Message): Reply => ({ status: 201, body: resourceOf(message) });

const resourceOf = (message: Message): object => ({
  sid: message.providerMessageId,
  account_sid: ACCOUNT_SID,
  to: addressOf(message, message.to),
  from: addressOf(message, message.from),
  ...(message.channel !== "voice" && { body: message.body }),
  status: "queued",
  direction: "outbound-api",
  date_created: new Date(message.receivedAt).toUTCString().replace("GMT", "+0000"),
  date_sent: null,
  error_code: null,
});

/** Source: twilio.com/docs/messaging/guides/track-outbound-message-status, /docs/voice/api/call-resource#statuscallback */
function receipt(message: Message): Hook | undefined {
  if (!message.callback) return undefined;
  const { fate, channel } = message;
  const isDelivered = fate.status === "delivered";
  const ends = { To: addressOf(message, message.to), From: addressOf(message, message.from) };
  if (channel === "voice") {
    const CallStatus = isDelivered ? "completed" : "no-answer";
    return signed(message.callback, {
      CallSid: message.providerMessageId,
      CallStatus,
      AccountSid: ACCOUNT_SID,
      ...ends,
    });
  }
  return signed(message.callback, {
    MessageSid: message.providerMessageId,
    MessageStatus: isDelivered ? "delivered" : "undelivered",
    AccountSid: ACCOUNT_SID,
    ...(!isDelivered && { ErrorCode: String(fate.code ?? 30003) }),
    ...ends,
  });
}

/** Source: twilio.com/docs/messaging/guides/webhook-request */
const saying = (said: Said, apiUrl: string): Hook =>
  signed(`${apiUrl}/v1/webhooks/twilio/messages`, {
    MessageSid: `SM${createHash("md5").update(said.id).digest("hex")}`,
    AccountSid: ACCOUNT_SID,
    From: addressOf(said, said.from),
    To: addressOf(said, said.to),
    Body: said.body,
    NumMedia: "0",
    ...(said.inReplyTo && { OriginalRepliedMessageSid: said.inReplyTo }),
  });

/** Source: twilio.com/docs/usage/security#validating-requests */
function signed(url: string, form: Readonly<Record<string, string>>): Hook {
  const fields = Object.keys(form)
    .sort()
    .map((name) => name + form[name])
    .join("");
  return {
    url,
    headers: {
      "content-type": "application/x-www-form-urlencoded; charset=utf-8",
      "x-twilio-signature": createHmac("sha1", TWILIO_AUTH_TOKEN)
        .update(url + fields)
        .digest("base64"),
    },
    body: new URLSearchParams(form).toString(),
  };
}
