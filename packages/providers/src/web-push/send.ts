import { createHash } from "node:crypto";
import { Channel, Preference } from "@turno/core/notifications";
import type * as z from "zod";
import { call } from "../http/index.ts";
import { failureOf, type Verdict, verdictOfStatus } from "../verdict.ts";
import { encrypt, LONGEST_BYTES } from "./encrypt.ts";
import { authorizationFor, type VapidKeys } from "./vapid.ts";

export interface WebPushAccount extends VapidKeys {
  /** Where every push service is, in place of their own addresses: for a stand-in. */
  readonly url?: string;
  readonly timeoutMillis?: number;
  readonly now?: () => number;
}

type Subscription = z.infer<typeof Preference.PushSubscription>;

/** How long a push service keeps it for a browser that is off. */
const TTL_SECONDS = 24 * 60 * 60;

/**
 * Notifications of a browser, where `to` is its subscription as JSON. A push service has no id for us that its receipts
 * would name, and a topic in place of a key: a second message of one topic takes the place of the first.
 *
 * Source: RFC 8030, section 5
 */
export const webPush = ({
  url,
  timeoutMillis = 10_000,
  now = Date.now,
  ...keys
}: WebPushAccount): Channel.Channel => ({
  name: "web-push",
  async send(message) {
    if (message.channel !== "push") throw new Channel.Undeliverable("refused");
    const subscription = subscriptionIn(message.to);
    const endpoint = new URL(subscription.endpoint);
    const answer = await call({
      url: url ? `${url}${endpoint.pathname}${endpoint.search}` : endpoint,
      headers: {
        authorization: authorizationFor(keys, endpoint.origin, now()),
        "content-encoding": "aes128gcm",
        "content-type": "application/octet-stream",
        ttl: String(TTL_SECONDS),
        topic: topicOf(message),
        urgency: "normal",
      },
      body: sealed(message, subscription),
      timeoutMillis,
    });
    if (answer.status === 200 || answer.status === 201 || answer.status === 202) {
      return { providerMessageId: answer.headers.get("location") ?? message.reference };
    }
    throw failureOf(verdictOf(answer.status), answer);
  },
});

function verdictOf(status: number): Verdict {
  // The subscription has ended, or there never was one.
  if (status === 404 || status === 410) return "wrong-number";
  return verdictOfStatus(status);
}

/** Whoever subscribes says where we call: nowhere but at the browsers' push services. */
function subscriptionIn(to: string): Subscription {
  const subscription = Preference.PushSubscription.safeParse(jsonIn(to));
  if (!subscription.success) throw new Channel.WrongNumber();
  return subscription.data;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** At most 32 characters of base64url. */
const topicOf = ({ idempotencyKey }: Channel.OutgoingMessage): string =>
  createHash("sha256").update(idempotencyKey).digest("base64url").slice(0, 32);

function sealed(message: Channel.OutgoingMessage, { keys }: Subscription): Buffer<ArrayBuffer> {
  try {
    return encrypt(payloadOf(message), keys);
  } catch {
    // What it gave for a key is no point of the curve.
    throw new Channel.WrongNumber();
  }
}

/** What the page's service worker shows. A notification takes the place of another with its tag. */
function payloadOf(message: Channel.OutgoingMessage): Buffer {
  const { subject = "", body, link, template, language, reference } = message;
  const written = (text: string): Buffer =>
    Buffer.from(JSON.stringify({ title: subject, body: text, link, template, language, tag: reference }));
  let text = body;
  // By letters: one of them may take several bytes, and a cut through it would be no text.
  while (written(text).length > LONGEST_BYTES) text = `${[...text].slice(0, -50).join("")}…`;
  return written(text);
}
