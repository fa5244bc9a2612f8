import { Channel } from "@turno/core/notifications";
import * as z from "zod";
import { type Credentials, signedHeaders } from "../aws/index.ts";
import { type Answer, call } from "../http/index.ts";
import { failureOf, type Verdicts, verdictOfStatus } from "../verdict.ts";
import { addressInAscii, mailboxInAscii } from "./mailbox.ts";

/** Amazon SES in one region, as the role that these credentials are of. */
export interface SesAccount {
  readonly region: string;
  readonly credentials: Credentials;
  /** Which receipts are told, and where; without one, none. */
  readonly configurationSet?: string;
  /** Without a final slash. */
  readonly url?: string;
  readonly timeoutMillis?: number;
  readonly now?: () => number;
}

const PATH = "/v2/email/outbound-emails";

/**
 * E-mail by Amazon SES. As with Meta, the receipt alone tells whether a message whose answer got lost went out.
 *
 * Source: docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html
 */
export const ses = (account: SesAccount): Channel.Channel => ({
  name: "ses",
  provesByReceipt: true,
  send: (message) => send(account, message),
});

async function send(
  {
    region,
    credentials,
    configurationSet,
    url = `https://email.${region}.amazonaws.com`,
    timeoutMillis = 10_000,
    now = Date.now,
  }: SesAccount,
  message: Channel.OutgoingMessage,
) {
  if (message.channel !== "email") throw new Channel.Undeliverable("refused");
  const body = JSON.stringify({ ...emailOf(message), ConfigurationSetName: configurationSet });
  const answer = await call({
    url: url + PATH,
    headers: signedHeaders({
      service: "ses",
      region,
      credentials,
      host: new URL(url).host,
      path: PATH,
      headers: { "content-type": "application/json" },
      body,
      now: new Date(now()),
    }),
    body,
    timeoutMillis,
  });
  if (answer.status !== 200) throw failureIn(answer);
  const accepted = Accepted.safeParse(answer.body);
  if (!accepted.success) throw new Channel.TryLater("unreadable-answer");
  return { providerMessageId: accepted.data.MessageId };
}

const Accepted = z.object({ MessageId: z.string().min(1) });

const inUtf8 = (Data: string): object => ({ Data, Charset: "UTF-8" });

const emailOf = (message: Channel.OutgoingMessage): object => ({
  FromEmailAddress: mailboxInAscii(message.sender),
  Destination: { ToAddresses: [addressInAscii(message.to)] },
  Content: {
    Simple: {
      Subject: inUtf8(message.subject ?? ""),
      Body: { Text: inUtf8(message.body), ...(message.html && { Html: inUtf8(message.html) }) },
    },
  },
  EmailTags: Object.entries({
    template: message.template,
    language: message.language,
    reference: message.reference,
  }).map(([Name, Value]) => ({ Name, Value })),
});

/** Source: as above, and docs.aws.amazon.com/ses/latest/APIReference-V2/CommonErrors.html */
const verdicts: Verdicts<string> = {
  AccessDeniedException: "unauthorized",
  AccountSuspendedException: "unauthorized",
  BadRequestException: "refused",
  ExpiredTokenException: "unauthorized",
  IncompleteSignature: "unauthorized",
  InternalFailure: "later",
  InvalidClientTokenId: "unauthorized",
  InvalidSignatureException: "unauthorized",
  LimitExceededException: "later",
  MailFromDomainNotVerifiedException: "unauthorized",
  MessageRejected: "refused",
  NotFoundException: "unauthorized",
  SendingPausedException: "unauthorized",
  ServiceUnavailable: "later",
  ThrottlingException: "later",
  TooManyRequestsException: "later",
  UnrecognizedClientException: "unauthorized",
};

/** The error's name is in a header, with an address behind a colon that says nothing. */
function failureIn(answer: Answer): Error {
  const [name = ""] = (answer.headers.get("x-amzn-errortype") ?? "").split(":");
  return failureOf(verdicts[name] ?? verdictOfStatus(answer.status), answer);
}
