import { createSign, generateKeyPairSync, type KeyObject } from "node:crypto";
import { signedHeaders } from "@turno/providers/aws";
import type { Fault, Message, Office } from "../office/index.ts";
import { type Asked, EMAIL, type Hook, jsonOf, type Reply, type StandIn } from "../stand-in.ts";

const REGION = "us-east-1";
const ACCESS_KEY_ID = "AKIALOCAL";
const SECRET_ACCESS_KEY = "local-ses-secret";
export const SES_TOPIC = `arn:aws:sns:${REGION}:000000000000:turno-local`;
const CERTIFICATE_URL = `https://sns.${REGION}.amazonaws.com/SimpleNotificationService-local.pem`;

const PATH = "/v2/email/outbound-emails";

interface Tag {
  readonly Name: string;
  readonly Value: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** Amazon SES, and Amazon SNS for what became of its e-mails. */
export interface SesStandIn extends StandIn {
  /** What SNS would answer at the address of its certificate. */
  certificate(): string;
}

export function sesStandIn(office: Office): SesStandIn {
  // Made when first needed: it takes a moment, and most who start a stage send no e-mail by SES.
  let pair: { publicKey: KeyObject; privateKey: KeyObject } | undefined;
  const keys = () => (pair ??= generateKeyPairSync("rsa", { modulusLength: 2048 }));

  function answer(asked: Asked, fault: Partial<Fault>): Reply {
    if (!isSigned(asked, office.now())) return refused(403, "InvalidSignatureException");
    if (`${asked.method} ${asked.path}` !== `POST ${PATH}`) return refused(404, "NotFoundException");
    const email = jsonOf(asked) ?? {};
    const { FromEmailAddress: from, EmailTags: tags = [] } = email;
    const [to] = (((email.Destination ?? {}) as Fields).ToAddresses ?? []) as unknown[];
    const simple = (((email.Content ?? {}) as Fields).Simple ?? {}) as Fields;
    const subject = dataIn(simple.Subject);
    const body = dataIn(((simple.Body ?? {}) as Fields).Text);
    const isWhole = isMailbox(from) && subject !== undefined && body !== undefined && areTags(tags);
    if (!isWhole || !isAscii(to) || !EMAIL.test(to)) return refused(400, "BadRequestException");
    const named = Object.fromEntries(tags.map(({ Name, Value }) => [Name, Value]));
    const kept = office.keep(
      {
        providerMessageId: `0100${office.newId().toLowerCase()}-000000`,
        provider: "ses",
        channel: "email",
        to,
        from: shown(from),
        ...(named.template && { template: named.template }),
        ...(named.language && { language: named.language }),
        subject,
        body,
        callback: JSON.stringify(named),
        tellsSent: true,
      },
      fault,
    );
    return { status: 200, body: { MessageId: kept.providerMessageId } };
  }

  const sent = (message: Message, apiUrl: string, at: number): Hook =>
    noticeOf(message, { eventType: "Send", send: {} }, apiUrl, at);

  function receipt(message: Message, apiUrl: string, at: number): Hook {
    const { fate, to } = message;
    const timestamp = new Date(at).toISOString();
    const bounce = { timestamp, bounceType: "Permanent", bouncedRecipients: [{ emailAddress: to }] };
    const event =
      fate.status === "delivered"
        ? { eventType: "Delivery", delivery: { timestamp, recipients: [to] } }
        : { eventType: "Bounce", bounce };
    return noticeOf(message, event, apiUrl, at);
  }

  /** Source: docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html */
  function noticeOf(
    { providerMessageId, callback, to }: Message,
    event: Fields & { readonly eventType: string },
    apiUrl: string,
    at: number,
  ): Hook {
    const timestamp = new Date(at).toISOString();
    const named = JSON.parse(callback ?? "{}") as Record<string, string>;
    const mail = {
      messageId: providerMessageId,
      destination: [to],
      tags: Object.fromEntries(Object.entries(named).map(([name, value]) => [name, [value]])),
    };
    const notice = {
      Type: "Notification",
      MessageId: `sns-${providerMessageId}-${event.eventType}`,
      TopicArn: SES_TOPIC,
      Message: JSON.stringify({ ...event, mail }),
      Timestamp: timestamp,
    };
    const signer = createSign("RSA-SHA256");
    for (const name of ["Message", "MessageId", "Timestamp", "TopicArn", "Type"] as const) {
      signer.update(`${name}\n${notice[name]}\n`);
    }
    const Signature = signer.sign(keys().privateKey, "base64");
    return {
      url: `${apiUrl}/v1/webhooks/ses`,
      headers: {
        "content-type": "text/plain; charset=UTF-8",
        "x-amz-sns-message-type": "Notification",
      },
      body: JSON.stringify({ ...notice, SignatureVersion: "2", Signature, SigningCertURL: CERTIFICATE_URL }),
    };
  }

  return {
    provider: "ses",
    variables: (url) => ({
      SES_REGION: REGION,
      SES_URL: url,
      AWS_ACCESS_KEY_ID: ACCESS_KEY_ID,
      AWS_SECRET_ACCESS_KEY: SECRET_ACCESS_KEY,
      AWS_SESSION_TOKEN: "",
    }),
    isMessage: ({ method }) => method === "POST",
    answer,
    failure(why) {
      if (why === "busy") return refused(429, "TooManyRequestsException");
      if (why === "fault") return refused(500, "InternalFailure");
      return refused(400, String(why));
    },
    sent,
    receipt,
    certificate: () => keys().publicKey.export({ type: "spki", format: "pem" }).toString(),
  };
}

const refused = (status: number, name: string): Reply => ({
  status,
  headers: { "x-amzn-errortype": `${name}:http://internal.amazon.com/coral/` },
  body: { message: name },
});

const dataIn = (content: unknown): string | undefined => {
  const { Data } = (content ?? {}) as Fields;
  return typeof Data === "string" ? Data : undefined;
};

/** SES knows no SMTPUTF8. */
const isAscii = (text: unknown): text is string => typeof text === "string" && /^[ -~]+$/.test(text);

const QUOTED = /"(?:[^"\\]|\\.)*"/g;

/** A name that is not quoted has none of the letters that mean something in a header. */
function isMailbox(text: unknown): text is string {
  if (!isAscii(text)) return false;
  const [, name = "", address = text] = /^(.*)<([^<>]+)>$/.exec(text) ?? [];
  return EMAIL.test(address) && !/[",:;@()<>[\]\\]/.test(name.replace(QUOTED, ""));
}

/** As a program for e-mails shows it. */
const shown = (mailbox: string): string =>
  mailbox
    .replace(/\?= =\?/g, "?==?")
    .replace(/=\?UTF-8\?B\?([^?]+)\?=/g, (_, word: string) => Buffer.from(word, "base64").toString());

const areTags = (tags: unknown): tags is Tag[] =>
  Array.isArray(tags) &&
  tags.every(({ Name, Value }: Tag) => /^[\w-]{1,256}$/.test(Name) && /^[\w-]{1,256}$/.test(Value));

/** AWS takes a signature for five minutes. */
const FRESH_MS = 5 * 60_000;

/** Signs what came once more, with the headers that it says it signed. */
function isSigned({ path, headers, body }: Asked, at: number): boolean {
  const { authorization = "", "x-amz-date": time } = headers;
  const [, names] = /SignedHeaders=([^,]+),/.exec(authorization) ?? [];
  const now = new Date(
    String(time).replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"),
  );
  if (!names || !(Math.abs(at - now.getTime()) <= FRESH_MS)) return false;
  const given = names
    .split(";")
    .filter((name) => name !== "host" && name !== "x-amz-date")
    .map((name) => [name, String(headers[name])]);
  const expected = signedHeaders({
    service: "ses",
    region: REGION,
    credentials: { accessKeyId: ACCESS_KEY_ID, secretAccessKey: SECRET_ACCESS_KEY },
    host: headers.host ?? "",
    path,
    headers: Object.fromEntries(given) as Record<string, string>,
    body: body.toString("utf8"),
    now,
  });
  return expected.authorization === authorization;
}
