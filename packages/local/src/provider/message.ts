export const CHANNELS = ["whatsapp", "sms", "email"] as const;
export type MessageChannel = (typeof CHANNELS)[number];

/** What a sender hands over. */
export interface OutgoingMessage {
  channel: MessageChannel;
  /** A phone number in E.164, or an email address. */
  to: string;
  /** BCP 47, such as `es` or `pt-BR`. */
  language: string;
  template: string;
  subject?: string;
  body: string;
}

/** What the provider keeps of it. */
export interface ReceivedMessage extends OutgoingMessage {
  providerMessageId: string;
  idempotencyKey: string;
  /** ISO, by the clock of the local runtime. */
  receivedAt: string;
}

/** A request does not hold what its route needs. */
export class Malformed extends Error {
  override name = "Malformed";
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join("; "));
    this.problems = problems;
  }
}

const PHONE = /^\+[1-9]\d{6,14}$/;
const EMAIL = /^[^\s@]+@[^\s@]+$/;

/** @throws Malformed naming every field that is wrong. */
export function readMessage(given: unknown): OutgoingMessage {
  const fields = asRecord(given);
  const problems: string[] = [];
  const text = (name: string): string => {
    const value = fields[name];
    if (typeof value === "string" && value.trim() !== "") return value;
    problems.push(`${name} has to be a text`);
    return "";
  };
  const channel = CHANNELS.find((name) => name === fields.channel);
  if (channel === undefined) problems.push(`channel has to be one of ${CHANNELS.join(", ")}`);
  const to = text("to");
  const address = channel === "email" ? EMAIL : PHONE;
  if (to !== "" && !address.test(to)) {
    problems.push(
      channel === "email" ? "to has to be an email address" : "to has to be a phone number in E.164",
    );
  }
  const message = { to, language: text("language"), template: text("template"), body: text("body") };
  const subject = fields.subject === undefined ? undefined : text("subject");
  if (channel === undefined || problems.length > 0) throw new Malformed(problems);
  return { channel, ...message, ...(subject !== undefined && { subject }) };
}

/** @throws Malformed when a parsed body is not an object. */
export function asRecord(given: unknown): Record<string, unknown> {
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    throw new Malformed(["the body has to be a JSON object"]);
  }
  return given as Record<string, unknown>;
}
