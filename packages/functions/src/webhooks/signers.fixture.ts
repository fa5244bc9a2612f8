import { createHmac, createSign, generateKeyPairSync } from "node:crypto";
import type { Sent } from "../testing/event.ts";
import { type Receivers, receiversOf } from "./index.ts";

const TOKEN = "twilio-auth-token";
const APP_SECRET = "meta-app-secret";
const SVIX_KEY = Buffer.from("resend-signing-key");
const STRIPE_SECRET = "whsec_stripe";
const TOPIC = "arn:aws:sns:us-east-1:123456789012:turno-ses";
const keys = generateKeyPairSync("rsa", { modulusLength: 2048 });

/** The accounts whose calls {@link byTwilio} and the others sign. */
export const testReceivers = (confirm?: (url: string) => Promise<void>): Receivers =>
  receiversOf({
    twilio: { authToken: TOKEN },
    meta: { appSecret: APP_SECRET, verifyToken: "verify-token" },
    resend: { signingSecret: `whsec_${SVIX_KEY.toString("base64")}` },
    ses: {
      topics: [TOPIC],
      certificate: async () => keys.publicKey.export({ type: "spki", format: "pem" }).toString(),
      ...(confirm && { confirm }),
    },
    stripe: { signingSecret: STRIPE_SECRET },
  });

const hmac = (hash: string, key: string | Buffer, text: string) => createHmac(hash, key).update(text);

/** A form of Twilio's to an address, as the gateway hands it over: in base64. */
export function byTwilio(url: string, fields: Readonly<Record<string, string>>): Sent {
  const names = Object.keys(fields).sort();
  const signed = url + names.map((name) => name + fields[name]).join("");
  return {
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      "x-twilio-signature": hmac("sha1", TOKEN, signed).digest("base64"),
    },
    body: Buffer.from(new URLSearchParams(fields).toString()).toString("base64"),
    isBase64Encoded: true,
  };
}

const json = (headers: Readonly<Record<string, string>>, body: string): Sent => ({
  headers: { "content-type": "application/json", ...headers },
  body,
});

export const byMeta = (content: object): Sent => {
  const body = JSON.stringify(content);
  return json({ "x-hub-signature-256": `sha256=${hmac("sha256", APP_SECRET, body).digest("hex")}` }, body);
};

export const byResend = (id: string, at: string, content: object): Sent => {
  const body = JSON.stringify(content);
  const seconds = `${Math.floor(Date.parse(at) / 1000)}`;
  const signature = hmac("sha256", SVIX_KEY, `${id}.${seconds}.${body}`).digest("base64");
  return json({ "svix-id": id, "svix-timestamp": seconds, "svix-signature": `v1,${signature}` }, body);
};

export const byStripe = (at: string, content: object): Sent => {
  const body = JSON.stringify(content);
  const seconds = `${Math.floor(Date.parse(at) / 1000)}`;
  const signature = hmac("sha256", STRIPE_SECRET, `${seconds}.${body}`).digest("hex");
  return json({ "stripe-signature": `t=${seconds},v1=${signature}` }, body);
};

/** A notice of SNS; it has its own content type, which the gateway takes for text. */
export function bySns(notice: Readonly<Record<string, string>>): Sent {
  const whole: Record<string, string> = {
    Type: "Notification",
    TopicArn: TOPIC,
    SignatureVersion: "2",
    SigningCertURL: "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-1.pem",
    ...notice,
  };
  const names =
    whole.Type === "Notification"
      ? ["Message", "MessageId", "Timestamp", "TopicArn", "Type"]
      : ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"];
  const text = names.map((name) => `${name}\n${whole[name]}\n`).join("");
  const Signature = createSign("RSA-SHA256").update(text).sign(keys.privateKey, "base64");
  return {
    headers: { "content-type": "text/plain; charset=UTF-8" },
    body: JSON.stringify({ ...whole, Signature }),
  };
}

/** What Meta says of one message to or from the number of a clinic. */
export const metaEnvelope = (value: object) => ({
  object: "whatsapp_business_account",
  entry: [
    {
      id: "1",
      changes: [
        {
          field: "messages",
          value: {
            messaging_product: "whatsapp",
            metadata: { phone_number_id: "106540352242922", display_phone_number: "525550000000" },
            ...value,
          },
        },
      ],
    },
  ],
});
