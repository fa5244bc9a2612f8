import { createSign, generateKeyPairSync } from "node:crypto";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { NOW, posted, refusalOf } from "../webhook/request.fixture.ts";
import { snsCertificates } from "./certificate.ts";
import { sesWebhook } from "./webhook.ts";

const keys = generateKeyPairSync("rsa", { modulusLength: 2048 });
const others = generateKeyPairSync("rsa", { modulusLength: 2048 });
const pem = keys.publicKey.export({ type: "spki", format: "pem" }).toString();

const TOPIC = "arn:aws:sns:us-east-1:123456789012:turno-ses";
const CERTIFICATE = "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0123abcd.pem";

let asked: string[];
const secrets = {
  topics: [TOPIC],
  certificate: async (url: string) => {
    asked.push(url);
    return pem;
  },
};

beforeEach(() => {
  asked = [];
});

type Notice = Record<string, string>;

const notification: Notice = {
  Type: "Notification",
  MessageId: "mid-1",
  TopicArn: TOPIC,
  Message: JSON.stringify({ notificationType: "Delivery", mail: { messageId: "ses-1" } }),
  Timestamp: NOW,
  SignatureVersion: "2",
  SigningCertURL: CERTIFICATE,
};

const confirmation: Notice = {
  ...notification,
  Type: "SubscriptionConfirmation",
  Message: "You have chosen to subscribe.",
  Token: "token",
  SubscribeURL: "https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription&Token=token",
};

/** The lines in the order that AWS's documentation gives for the type. */
const textOf = (notice: Notice): string =>
  (notice.Type === "Notification"
    ? ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"]
    : ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"]
  )
    .flatMap((name) => (notice[name] === undefined ? [] : [name, notice[name]]))
    .map((line) => `${line}\n`)
    .join("");

const signed = (notice: Notice, key = keys.privateKey): Notice => ({
  ...notice,
  Signature: createSign(notice.SignatureVersion === "1" ? "RSA-SHA1" : "RSA-SHA256")
    .update(textOf(notice))
    .sign(key, "base64"),
});

const verify = (notice: Notice | string, now = NOW) =>
  refusalOf(() =>
    sesWebhook.verify(
      posted("ses", typeof notice === "string" ? notice : JSON.stringify(notice)),
      secrets,
      now,
    ),
  );

describe("a notice of SNS", () => {
  test("is its own in both versions of the signature, with a subject and without", async () => {
    for (const SignatureVersion of ["1", "2"]) {
      expect(await verify(signed({ ...notification, SignatureVersion }))).toBeUndefined();
      expect(await verify(signed({ ...notification, SignatureVersion, Subject: "SES" }))).toBeUndefined();
      expect(await verify(signed({ ...confirmation, SignatureVersion }))).toBeUndefined();
    }
    const request = posted("ses", JSON.stringify(signed(notification)));
    expect(await sesWebhook.verify(request, secrets, NOW)).toEqual({ id: "mid-1" });
  });

  test.each([
    "https://sns.us-east-1.amazonaws.com.evil.example/SimpleNotificationService-1.pem",
    "https://evil.example/SimpleNotificationService-1.pem",
    "https://sns.us-east-1.amazonaws.com@evil.example/SimpleNotificationService-1.pem",
    "https://sns.us-east-1.amazonaws.com:8443/SimpleNotificationService-1.pem",
    "http://sns.us-east-1.amazonaws.com/SimpleNotificationService-1.pem",
    "https://s3.us-east-1.amazonaws.com/SimpleNotificationService-1.pem",
    "https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription",
    "file:///SimpleNotificationService-1.pem",
    "nowhere",
  ])("with a certificate at %s is refused, and nobody asks there", async (SigningCertURL) => {
    expect(await verify(signed({ ...notification, SigningCertURL }))).toBe("BadSignature");
    expect(asked).toEqual([]);
  });

  test("of a topic that is not ours is refused, though AWS signed it", async () => {
    const foreign = signed({ ...notification, TopicArn: "arn:aws:sns:us-east-1:999999999999:theirs" });
    expect(await verify(foreign)).toBe("BadSignature");
  });

  test("is refused when it was changed, signed by another key, or not signed", async () => {
    expect(await verify({ ...signed(notification), Message: "{}" })).toBe("BadSignature");
    expect(await verify({ ...signed(notification), MessageId: "mid-2" })).toBe("BadSignature");
    expect(await verify(signed(notification, others.privateKey))).toBe("BadSignature");
    expect(await verify(notification)).toBe("BadSignature");
    expect(await verify("{")).toBe("BadSignature");
    expect(await verify({ ...signed(notification), SignatureVersion: "1" })).toBe("BadSignature");
  });

  test("is refused when its certificate is none", async () => {
    const request = posted("ses", JSON.stringify(signed(notification)));
    const garbled = { ...secrets, certificate: async () => "<html>" };
    expect(await refusalOf(() => sesWebhook.verify(request, garbled, NOW))).toBe("BadSignature");
  });

  test("holds for five minutes", async () => {
    const notice = signed(notification);
    expect(await verify(notice, "2026-03-02T15:05:00.000Z")).toBeUndefined();
    expect(await verify(notice, "2026-03-02T15:05:00.001Z")).toBe("StaleTimestamp");
  });
});

test("a certificate is read once, and again after a failure", async () => {
  const answers = [new Response("", { status: 503 }), new Response(pem), new Response("never")];
  const read = vi.fn(async () => answers.shift()!);
  const certificate = snsCertificates(read);
  await expect(certificate(CERTIFICATE)).rejects.toThrow("503");
  expect(await Promise.all([certificate(CERTIFICATE), certificate(CERTIFICATE)])).toEqual([pem, pem]);
  expect(read).toHaveBeenCalledTimes(2);
});

const parsed = (event: object | string) =>
  sesWebhook.parse(
    posted(
      "ses",
      JSON.stringify({
        ...notification,
        Signature: "checked before",
        Message: typeof event === "string" ? event : JSON.stringify(event),
      }),
    ),
  );

describe("what is told", () => {
  const mail = { messageId: "ses-1", tags: { reference: ["ntf_1-a-email"] } };
  const timestamp = "2026-03-02T14:59:00.000Z";
  const receipt = {
    kind: "receipt",
    providerMessageId: "ses-1",
    reference: "ntf_1-a-email",
    at: timestamp,
  };

  test("is what became of an e-mail, in both vocabularies of SES", () => {
    for (const name of ["notificationType", "eventType"]) {
      expect(parsed({ [name]: "Delivery", mail, delivery: { timestamp } })).toEqual([
        { ...receipt, status: "delivered" },
      ]);
      expect(parsed({ [name]: "Bounce", mail, bounce: { timestamp, bounceType: "Permanent" } })).toEqual([
        { ...receipt, status: "failed", reason: "wrong-number" },
      ]);
      expect(parsed({ [name]: "Bounce", mail, bounce: { timestamp, bounceType: "Transient" } })).toEqual([
        { ...receipt, status: "failed", reason: "refused" },
      ]);
      expect(parsed({ [name]: "Complaint", mail, complaint: { timestamp } })).toEqual([
        { ...receipt, status: "failed", reason: "opted-out" },
      ]);
      expect(parsed({ [name]: "DeliveryDelay", mail })).toEqual([]);
      expect(parsed({ [name]: "Send", mail })).toMatchObject([{ kind: "receipt", status: "taken" }]);
    }
  });

  test("may be the question whether to subscribe", () => {
    const asked = (notice: Notice) =>
      sesWebhook.parse(posted("ses", JSON.stringify({ Signature: "", ...notice })));
    expect(asked(confirmation)).toEqual([{ kind: "subscription", url: confirmation.SubscribeURL }]);
    expect(asked({ ...confirmation, SubscribeURL: "https://evil.example/" })).toMatchObject([
      { kind: "broken" },
    ]);
  });

  test("that is not as documented is broken", () => {
    expect(parsed({ mail })).toEqual([{ kind: "broken", reason: "notification: notificationType" }]);
    expect(parsed({ notificationType: "Bounce" })).toEqual([
      { kind: "broken", reason: "notification: mail" },
    ]);
    expect(parsed("plain text")).toMatchObject([{ kind: "broken" }]);
  });
});
