import { Channel } from "@turno/core/notifications";
import type { Language } from "@turno/core/platform";
import * as z from "zod";
import { type Answer, call } from "../http/index.ts";
import { failureOf, verdictOfStatus } from "../verdict.ts";
import { metaVerdict } from "./verdict.ts";

/** An account with Meta's WhatsApp platform. */
export interface MetaAccount {
  readonly accessToken: string;
  /** With the version of the API, without a final slash. */
  readonly graphUrl?: string;
  readonly timeoutMillis?: number;
}

/** The languages as Meta names them: it knows no Portuguese without a country. */
const LANGUAGES: Readonly<Record<Language, string>> = { es: "es", en: "en", pt: "pt_BR" };

/**
 * WhatsApp by Meta's Cloud API. A clinic's sender is the id of its number there.
 *
 * There is neither a key against repetition nor a list of what was sent. Whether a message whose answer got lost went out
 * is told by its receipt, which names our reference: it settles the message before that is tried again.
 *
 * Source: developers.facebook.com/docs/whatsapp/cloud-api/reference/messages
 */
export const meta = (account: MetaAccount): Channel.Channel => ({
  name: "meta",
  provesByReceipt: true,
  send: (message) => send(account, message),
});

async function send(
  { accessToken, graphUrl = "https://graph.facebook.com/v23.0", timeoutMillis = 10_000 }: MetaAccount,
  message: Channel.OutgoingMessage,
) {
  if (message.channel !== "whatsapp") throw new Channel.Undeliverable("refused");
  const answer = await call({
    url: `${graphUrl}/${encodeURIComponent(message.sender)}/messages`,
    headers: { authorization: `Bearer ${accessToken}`, "content-type": "application/json" },
    body: JSON.stringify({
      messaging_product: "whatsapp",
      recipient_type: "individual",
      to: message.to,
      ...contentOf(message),
      biz_opaque_callback_data: message.reference,
    }),
    timeoutMillis,
  });
  if (answer.status !== 200) throw failureIn(answer);
  const accepted = Accepted.safeParse(answer.body);
  if (!accepted.success) throw new Channel.TryLater("unreadable-answer");
  return { providerMessageId: accepted.data.messages[0]!.id };
}

const Accepted = z.object({ messages: z.array(z.object({ id: z.string().min(1) })).min(1) });

/** Free text while the person's last message is less than 24 hours old; otherwise what WhatsApp has approved. */
function contentOf({ windowOpen, body, template, language, parameters }: Channel.OutgoingMessage): object {
  if (windowOpen) return { type: "text", text: { preview_url: true, body } };
  const words = Object.entries(parameters).map(([parameter_name, text]) => ({
    type: "text",
    parameter_name,
    text,
  }));
  return {
    type: "template",
    template: {
      name: template,
      language: { code: LANGUAGES[language] },
      components: words.length > 0 ? [{ type: "body", parameters: words }] : [],
    },
  };
}

const Refusal = z.object({ error: z.object({ code: z.number() }) });

function failureIn(answer: Answer): Error {
  const code = Refusal.safeParse(answer.body).data?.error.code;
  const known = code === undefined ? undefined : metaVerdict(code);
  return failureOf(known ?? verdictOfStatus(answer.status), answer);
}
