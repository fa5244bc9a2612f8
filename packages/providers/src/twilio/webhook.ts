import { createHmac } from "node:crypto";
import type { ChannelName } from "@turno/core/platform";
import * as z from "zod";
import {
  BadSignature,
  type Incoming,
  isSame,
  type Message,
  Phone,
  reading,
  reasonOf,
  type Webhook,
  type WebhookRequest,
} from "../webhook/index.ts";
import { twilioVerdict } from "./verdict.ts";

export interface TwilioSecrets {
  readonly authToken: string;
}

/**
 * Status callbacks and inbound messages of Twilio: forms, signed over address and fields, without a time.
 *
 * Source: twilio.com/docs/usage/security, twilio.com/docs/messaging/guides/webhook-request
 */
export const twilioWebhook: Webhook<TwilioSecrets> = {
  name: "twilio",
  verify(request, { authToken }) {
    const given = request.headers["x-twilio-signature"] ?? "";
    const fields = signedFields(formIn(request));
    const expected = addressesOf(request.url).map((url) => signature(authToken, url + fields));
    // Every candidate is compared, so that the time tells nothing.
    if (!expected.map((candidate) => isSame(given, candidate)).includes(true)) throw new BadSignature();
    return {};
  },
  parse(request) {
    const form = Object.fromEntries(formIn(request));
    const reference = referenceIn(request);
    if (form.CallSid !== undefined) {
      return reading(Call, form, "call status", (status) => callReceipt(status, reference));
    }
    if (form.MessageStatus !== undefined) {
      return reading(Status, form, "status", (status) => statusReceipt(status, reference));
    }
    return reading(Inbound, form, "message", inboundMessage);
  },
};

const formIn = ({ body }: WebhookRequest): URLSearchParams => new URLSearchParams(body.toString("utf8"));

const signature = (authToken: string, text: string): string =>
  createHmac("sha1", authToken).update(text).digest("base64");

/** Names in the order of their characters, each followed by its value; of several values of one name each once. */
function signedFields(form: URLSearchParams): string {
  const names = [...new Set(form.keys())].sort();
  return names
    .flatMap((name) => [...new Set(form.getAll(name))].sort().map((value) => name + value))
    .join("");
}

/** With and without its port: Twilio signs either. */
function addressesOf(address: string): string[] {
  const [, protocol, host, port, rest] = /^(https?):\/\/([^/:?#]+)(?::(\d+))?(.*)$/s.exec(address) ?? [];
  if (!protocol) return [address];
  const usual = protocol === "https" ? "443" : "80";
  const without = `${protocol}://${host}${rest}`;
  return [address, without, `${protocol}://${host}:${port ?? usual}${rest}`];
}

/** Twilio repeats nothing of ours but the address that it was given. */
const referenceIn = ({ url }: WebhookRequest): string | undefined =>
  new URLSearchParams(url.split("?")[1] ?? "").get("reference") ?? undefined;

const Status = z.object({
  MessageSid: z.string().min(1),
  MessageStatus: z.string(),
  ErrorCode: z.string().optional(),
});

function statusReceipt(
  { MessageSid, MessageStatus, ErrorCode }: z.output<typeof Status>,
  reference: string | undefined,
): Incoming[] {
  const receipt = {
    kind: "receipt",
    providerMessageId: MessageSid,
    ...(reference && { reference }),
  } as const;
  switch (MessageStatus) {
    case "delivered":
    case "read":
      return [{ ...receipt, status: "delivered" }];
    case "undelivered":
    case "failed":
      return [{ ...receipt, status: "failed", reason: reasonOf(twilioVerdict(Number(ErrorCode))) }];
    default:
      // On its way. Some carriers never tell more than `sent`.
      return [{ ...receipt, status: "taken" }];
  }
}

const Call = z.object({ CallSid: z.string().min(1), CallStatus: z.string() });

const MISSED = new Set(["busy", "failed", "no-answer", "canceled"]);

function callReceipt(
  { CallSid, CallStatus }: z.output<typeof Call>,
  reference: string | undefined,
): Incoming[] {
  const receipt = { kind: "receipt", providerMessageId: CallSid, ...(reference && { reference }) } as const;
  if (CallStatus === "completed") return [{ ...receipt, status: "delivered" }];
  if (MISSED.has(CallStatus)) return [{ ...receipt, status: "failed", reason: "refused" }];
  return [{ ...receipt, status: "taken" }];
}

const WHATSAPP = "whatsapp:";

/** A phone, behind the name of its channel where that is not SMS. */
const Address = z.string().transform((address, context) => {
  const channel: ChannelName = address.startsWith(WHATSAPP) ? "whatsapp" : "sms";
  const { success, data: phone } = Phone.safeParse(address.replace(WHATSAPP, ""));
  if (success) return { channel, phone };
  context.addIssue({ code: "custom", message: "is no phone" });
  return z.NEVER;
});

const Inbound = z.object({
  MessageSid: z.string().min(1),
  From: Address,
  To: z.string().min(1),
  Body: z.string(),
  MessagingServiceSid: z.string().optional(),
  OriginalRepliedMessageSid: z.string().optional(),
  NumMedia: z.coerce.number().optional(),
  MediaContentType0: z.string().optional(),
  MediaUrl0: z.string().max(200).optional().catch(undefined),
  Latitude: z.string().optional(),
  Longitude: z.string().optional(),
  Label: z.string().optional(),
  Address: z.string().optional(),
});

function inboundMessage(form: z.output<typeof Inbound>): Incoming[] {
  const { channel, phone } = form.From;
  const to = [form.To.replace(WHATSAPP, ""), form.MessagingServiceSid].filter((name) => name !== undefined);
  return [
    {
      kind: "message",
      providerMessageId: form.MessageSid,
      channel,
      from: phone,
      to,
      text: form.Body,
      ...attachedIn(form),
      ...(form.OriginalRepliedMessageSid && { answers: form.OriginalRepliedMessageSid }),
    },
  ];
}

/** A file, or a place in words. Of several files the first, since WhatsApp sends each by itself. */
function attachedIn(form: z.output<typeof Inbound>): Partial<Pick<Message, "text" | "attachment" | "media">> {
  const { Body, Label, Address: street, Latitude, Longitude, MediaUrl0: id } = form;
  if (form.NumMedia) return { attachment: kindOf(form.MediaContentType0), ...(id && { media: { id } }) };
  if (!Latitude || !Longitude) return {};
  const lines = [Body, Label, street, `${Latitude}, ${Longitude}`];
  return { text: lines.filter(Boolean).join("\n"), attachment: "location" };
}

/** As WhatsApp itself names them. */
function kindOf(contentType = ""): string {
  if (/^text\/(x-)?vcard/.test(contentType)) return "contacts";
  return /^(image|audio|video)\//.exec(contentType)?.[1] ?? "document";
}
