import { Channel } from "@turno/core/notifications";
import * as z from "zod";
import { type Account, accountOf, type TwilioAccount } from "./account.ts";
import { post } from "./api.ts";
import { type Contents, contentsOf, contentVariables, filled } from "./content.ts";
import { sentEarlier } from "./earlier.ts";
import { speechOf } from "./speech.ts";

type Message = Channel.OutgoingMessage;

/**
 * WhatsApp, SMS and calls by Twilio.
 *
 * Source: twilio.com/docs/messaging/api/message-resource, /docs/voice/api/call-resource
 */
export function twilio(settings: TwilioAccount): Channel.Channel {
  const account = accountOf(settings);
  const contents = contentsOf(account);
  return {
    name: "twilio",
    async send(message) {
      const { resource, form, text } = await formOf(message, contents);
      const { From, To } = form;
      if (message.mayHaveBeenSent) {
        const { since } = message.mayHaveBeenSent;
        const earlier = await sentEarlier(account, {
          resource,
          From,
          To,
          since,
          ...(text && { body: text }),
        });
        if (earlier) return { providerMessageId: earlier.sid };
      }
      try {
        const made = Made.safeParse(
          await post(account, resource, { ...form, ...receipts(account, message) }),
        );
        if (!made.success) throw new Channel.TryLater("unreadable-answer");
        return { providerMessageId: made.data.sid };
      } catch (error) {
        if (error instanceof Channel.Undeliverable) contents.forget(message);
        throw error;
      }
    },
  };
}

const Made = z.object({ sid: z.string().regex(/^(SM|MM|CA)\w+$/) });

interface Form {
  readonly resource: "Messages" | "Calls";
  readonly form: { readonly From: string; readonly To: string } & Readonly<Record<string, string>>;
  /** As Twilio keeps it; of a call it keeps none. */
  readonly text?: string;
}

async function formOf(message: Message, contents: Contents): Promise<Form> {
  const { channel, to, sender, body } = message;
  switch (channel) {
    case "sms":
      return { resource: "Messages", form: { To: to, From: sender, Body: body }, text: body };
    case "whatsapp":
      return whatsApp(message, contents);
    case "voice":
      return {
        resource: "Calls",
        form: { To: to, From: sender, Twiml: speechOf(body, message.language) },
      };
    default:
      throw new Channel.Undeliverable("refused");
  }
}

/** Free text while the person's last message is less than 24 hours old; otherwise what WhatsApp has approved. */
async function whatsApp(message: Message, contents: Contents): Promise<Form> {
  const ends = { To: `whatsapp:${message.to}`, From: `whatsapp:${message.sender}` };
  if (message.windowOpen)
    return { resource: "Messages", form: { ...ends, Body: message.body }, text: message.body };
  const content = await contents.find(message);
  const variables = contentVariables(message.parameters);
  return {
    resource: "Messages",
    form: { ...ends, ContentSid: content.sid, ContentVariables: JSON.stringify(variables) },
    text: filled(content, variables),
  };
}

/** Where Twilio tells what became of it. The address names the message, since Twilio keeps no word of ours beside it. */
function receipts({ statusUrl }: Account, { reference }: Message): Record<string, string> {
  if (statusUrl === undefined) return {};
  const url = new URL(statusUrl);
  url.searchParams.set("reference", reference);
  return { StatusCallback: url.href };
}
