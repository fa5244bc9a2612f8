import { createPublicKey, createVerify, type KeyObject } from "node:crypto";
import * as z from "zod";
import {
  BadSignature,
  broken,
  type Incoming,
  jsonIn,
  Moment,
  reading,
  requireFresh,
  type Webhook,
  type WebhookRequest,
} from "../webhook/index.ts";

export interface SesSecrets {
  /** The topics that SES tells: anybody's topic has a signature of AWS. */
  readonly topics: readonly string[];
  /** The certificate at an address of SNS, as PEM. */
  readonly certificate: (url: string) => Promise<string>;
}

/**
 * What became of e-mails that Amazon SES took, told by Amazon SNS: JSON with a signature and its time inside.
 *
 * Source: docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html,
 * docs.aws.amazon.com/ses/latest/dg/notification-contents.html
 */
export const sesWebhook: Webhook<SesSecrets> = {
  name: "ses",
  async verify(request, { topics, certificate }, now) {
    const { success, data: notice } = Notice.safeParse(noticeIn(request));
    if (!success || !isCertificate(notice.SigningCertURL) || !topics.includes(notice.TopicArn)) {
      throw new BadSignature();
    }
    const verifier = createVerify(notice.SignatureVersion === "1" ? "RSA-SHA1" : "RSA-SHA256");
    verifier.update(signedText(notice));
    const key = keyIn(await certificate(notice.SigningCertURL));
    if (!verifier.verify(key, notice.Signature, "base64")) throw new BadSignature();
    requireFresh(Date.parse(notice.Timestamp), now);
    return { id: notice.MessageId };
  },
  parse: (request) =>
    reading(Notice, noticeIn(request), "notice", (notice) => {
      if (notice.Type === "Notification") {
        return reading(Event, jsonIn(notice.Message), "notification", receiptsOf);
      }
      if (notice.Type === "UnsubscribeConfirmation") return [];
      const url = notice.SubscribeURL ?? "";
      return isOfSns(url) ? [{ kind: "subscription", url }] : [broken("notice: SubscribeURL")];
    }),
};

const noticeIn = ({ body }: WebhookRequest): unknown => jsonIn(body.toString("utf8"));

const Notice = z.object({
  Type: z.enum(["Notification", "SubscriptionConfirmation", "UnsubscribeConfirmation"]),
  MessageId: z.string().min(1),
  TopicArn: z.string(),
  Subject: z.string().optional(),
  Message: z.string(),
  Timestamp: z.string(),
  Token: z.string().optional(),
  SubscribeURL: z.string().optional(),
  SignatureVersion: z.enum(["1", "2"]),
  Signature: z.string(),
  SigningCertURL: z.string(),
});
type Notice = z.output<typeof Notice>;

/** An address of SNS itself, over https: a certificate from elsewhere would vouch for anything. */
function isOfSns(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host, username, password } = new URL(address);
  // With a port or a name the host is another text.
  return protocol === "https:" && !username && !password && /^sns\.[a-z0-9-]+\.amazonaws\.com$/.test(host);
}

const isCertificate = (address: string): boolean =>
  isOfSns(address) && /^\/SimpleNotificationService-\w+\.pem$/.test(new URL(address).pathname);

function keyIn(certificate: string): KeyObject {
  try {
    return createPublicKey(certificate);
  } catch {
    throw new BadSignature();
  }
}

const SIGNED = {
  Notification: ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"],
  SubscriptionConfirmation: [
    "Message",
    "MessageId",
    "SubscribeURL",
    "Timestamp",
    "Token",
    "TopicArn",
    "Type",
  ],
  UnsubscribeConfirmation: ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"],
} as const;

/** Names and values in turn, a line each, without those that the notice lacks. */
const signedText = (notice: Notice): string =>
  SIGNED[notice.Type]
    .filter((name) => notice[name] !== undefined)
    .map((name) => `${name}\n${notice[name]}\n`)
    .join("");

/** As notifications of an identity name it, or as events of a configuration set do. */
const Event = z
  .object({
    notificationType: z.string().optional(),
    eventType: z.string().optional(),
    mail: z.object({
      messageId: z.string().min(1),
      tags: z.record(z.string(), z.array(z.string())).optional(),
    }),
    delivery: z.object({ timestamp: Moment }).optional(),
    bounce: z.object({ timestamp: Moment, bounceType: z.string() }).optional(),
    complaint: z.object({ timestamp: Moment }).optional(),
  })
  .refine(({ notificationType, eventType }) => notificationType ?? eventType, { path: ["notificationType"] });

function receiptsOf({ notificationType, eventType, mail, ...event }: z.output<typeof Event>): Incoming[] {
  const reference = mail.tags?.reference?.[0];
  const receipt = {
    kind: "receipt",
    providerMessageId: mail.messageId,
    ...(reference && { reference }),
  } as const;
  switch (notificationType ?? eventType) {
    case "Send":
      return [{ ...receipt, status: "taken" }];
    case "Delivery":
      return [{ ...receipt, status: "delivered", at: event.delivery?.timestamp }];
    case "Bounce": {
      const isPassing = event.bounce?.bounceType === "Transient";
      const reason = isPassing ? "refused" : "wrong-number";
      return [{ ...receipt, status: "failed", reason, at: event.bounce?.timestamp }];
    }
    case "Complaint":
      return [{ ...receipt, status: "failed", reason: "opted-out", at: event.complaint?.timestamp }];
    case "Reject":
      return [{ ...receipt, status: "failed", reason: "refused" }];
    default:
      // Late, or read.
      return [];
  }
}
