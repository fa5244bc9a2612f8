import { createHmac } from "node:crypto";
import * as z from "zod";
import {
  BadSignature,
  broken,
  EpochSeconds,
  type Incoming,
  isSame,
  jsonIn,
  type Message,
  Phone,
  reading,
  reasonOf,
  type Webhook,
  type WebhookRequest,
} from "../webhook/index.ts";
import { metaVerdict } from "./verdict.ts";

export interface MetaSecrets {
  readonly appSecret: string;
  /** What Meta is told when the address of the webhook is set. */
  readonly verifyToken: string;
}

/**
 * Statuses and messages of the WhatsApp Cloud API: JSON, several at once, signed without a time.
 *
 * Source: developers.facebook.com/docs/graph-api/webhooks, developers.facebook.com/docs/whatsapp/cloud-api/webhooks
 */
export const metaWebhook: Webhook<MetaSecrets> = {
  name: "meta",
  verify({ headers, body }, { appSecret }) {
    const expected = `sha256=${createHmac("sha256", appSecret).update(body).digest("hex")}`;
    if (!isSame(headers["x-hub-signature-256"] ?? "", expected)) throw new BadSignature();
    return {};
  },
  parse: ({ body }) =>
    reading(Envelope, jsonIn(body.toString("utf8")), "envelope", ({ entry }) =>
      entry.flatMap(({ changes }) => changes.flatMap(incomingOf)),
    ),
};

/** What answers Meta's question whether this address is meant: the challenge. Throws {@link BadSignature}. */
export function metaChallenge({ url }: WebhookRequest, { verifyToken }: MetaSecrets): string {
  const query = new URLSearchParams(url.split("?")[1] ?? "");
  const isMeant = isSame(query.get("hub.verify_token") ?? "", verifyToken);
  if (!isMeant || query.get("hub.mode") !== "subscribe") throw new BadSignature();
  return query.get("hub.challenge") ?? "";
}

const Change = z.object({ field: z.string(), value: z.unknown() });

const Envelope = z.object({
  object: z.literal("whatsapp_business_account"),
  entry: z.array(z.object({ changes: z.array(Change) })),
});

const Value = z.object({
  metadata: z.object({ phone_number_id: z.string().min(1), display_phone_number: z.string().optional() }),
  // Read one by one, so that one that makes no sense loses no other.
  statuses: z.array(z.unknown()).default([]),
  messages: z.array(z.unknown()).default([]),
});

function incomingOf({ field, value }: z.output<typeof Change>): Incoming[] {
  // An account may be subscribed to more, such as reviews of templates.
  if (field !== "messages") return [];
  return reading(Value, value, "value", ({ metadata, statuses, messages }) => {
    const { phone_number_id: id, display_phone_number: shown } = metadata;
    const digits = shown?.replace(/\D/g, "");
    const to = digits ? [id, `+${digits}`] : [id];
    return [
      ...statuses.flatMap((status) => reading(Status, status, "status", receiptOf)),
      ...messages.flatMap((message) => reading(Written, message, "message", (read) => messageOf(read, to))),
    ];
  });
}

const Status = z.object({
  id: z.string().min(1),
  status: z.string(),
  timestamp: EpochSeconds,
  biz_opaque_callback_data: z.string().optional(),
  errors: z.array(z.object({ code: z.number() })).optional(),
});

function receiptOf(read: z.output<typeof Status>): Incoming[] {
  const receipt = {
    kind: "receipt",
    providerMessageId: read.id,
    ...(read.biz_opaque_callback_data && { reference: read.biz_opaque_callback_data }),
    at: read.timestamp,
  } as const;
  switch (read.status) {
    case "sent":
      return [{ ...receipt, status: "taken" }];
    case "delivered":
    case "read":
      return [{ ...receipt, status: "delivered" }];
    case "failed":
      return [{ ...receipt, status: "failed", reason: reasonOf(metaVerdict(read.errors?.[0]?.code ?? 0)) }];
    default:
      // Such as that the person has deleted it.
      return [];
  }
}

const File = z.object({
  id: z.string().min(1).max(200),
  caption: z.string().optional(),
  filename: z.string().max(300).optional(),
});

const Location = z.object({
  latitude: z.number(),
  longitude: z.number(),
  name: z.string().optional(),
  address: z.string().optional(),
});

const Card = z.object({
  name: z.object({ formatted_name: z.string() }),
  phones: z.array(z.object({ phone: z.string().optional() })).default([]),
});

/** What comes in place of a text. One that is not as documented is still a message, for a person to ask about. */
const Attached = z.object({
  image: File.optional().catch(undefined),
  video: File.optional().catch(undefined),
  audio: File.optional().catch(undefined),
  document: File.optional().catch(undefined),
  sticker: File.optional().catch(undefined),
  location: Location.optional().catch(undefined),
  contacts: z.array(Card).optional().catch(undefined),
});

const Written = Attached.extend({
  id: z.string().min(1),
  from: Phone,
  timestamp: EpochSeconds,
  type: z.string(),
  context: z.object({ id: z.string().optional() }).optional(),
  text: z.object({ body: z.string() }).optional(),
  button: z.object({ text: z.string() }).optional(),
  interactive: z
    .object({
      button_reply: z.object({ title: z.string() }).optional(),
      list_reply: z.object({ title: z.string() }).optional(),
    })
    .optional(),
  reaction: z.object({ message_id: z.string(), emoji: z.string().optional() }).optional(),
});

function messageOf(read: z.output<typeof Written>, to: readonly string[]): Incoming[] {
  const message = {
    kind: "message",
    providerMessageId: read.id,
    channel: "whatsapp",
    from: read.from,
    to,
    at: read.timestamp,
    ...(read.context?.id && { answers: read.context.id }),
  } as const;
  const pressed = read.interactive?.button_reply ?? read.interactive?.list_reply;
  switch (read.type) {
    case "text":
      return read.text ? [{ ...message, text: read.text.body }] : [broken("message: text")];
    case "button":
      return read.button ? [{ ...message, text: read.button.text }] : [broken("message: button")];
    case "interactive":
      return pressed ? [{ ...message, text: pressed.title }] : [broken("message: interactive")];
    case "reaction": {
      if (!read.reaction) return [broken("message: reaction")];
      const { emoji, message_id: answers } = read.reaction;
      // Taken back.
      return emoji ? [{ ...message, text: emoji, answers }] : [];
    }
    case "system":
      return [];
    default:
      return [{ ...message, ...attachedIn(read), attachment: read.type }];
  }
}

function attachedIn(read: z.output<typeof Attached>): Pick<Message, "text" | "media"> {
  const { location, contacts } = read;
  const file = read.image ?? read.video ?? read.audio ?? read.document ?? read.sticker;
  if (file) {
    const { id, caption = "", filename: fileName } = file;
    return { text: caption, media: { id, ...(fileName && { fileName }) } };
  }
  if (location) {
    const { name, address, latitude, longitude } = location;
    return { text: linesOf(name, address, `${latitude}, ${longitude}`) };
  }
  const cards = contacts?.map(({ name, phones }) =>
    [name.formatted_name, ...phones.flatMap(({ phone }) => phone ?? [])].join(", "),
  );
  return { text: linesOf(...(cards ?? [])) };
}

const linesOf = (...lines: readonly (string | undefined)[]): string => lines.filter(Boolean).join("\n");
