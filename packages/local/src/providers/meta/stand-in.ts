import { createHmac } from "node:crypto";
import type { Fault, Message, Office, Said } from "../office/index.ts";
import { type Asked, E164, type Hook, jsonOf, type Reply, type StandIn } from "../stand-in.ts";
import { filled, languageOf, type Registered } from "../templates.ts";

const ACCESS_TOKEN = "local-meta-access-token";
export const META_APP_SECRET = "local-meta-app-secret";
export const META_VERIFY_TOKEN = "local-meta-verify-token";

const DAY_MS = 24 * 60 * 60_000;

type Fields = Readonly<Record<string, unknown>>;

/** WhatsApp's Cloud API. */
export function metaStandIn(office: Office, registered: Registered["meta"]): StandIn {
  function answer(asked: Asked, fault: Partial<Fault>): Reply {
    if (asked.headers.authorization !== `Bearer ${ACCESS_TOKEN}`) return refused(401, 190);
    const [, sender] = /^\/v\d+\.\d+\/(\d+)\/messages$/.exec(asked.path) ?? [];
    if (asked.method !== "POST" || !sender) return refused(400, 33);
    const message = jsonOf(asked);
    if (message?.messaging_product !== "whatsapp") return refused(400, 100);
    const to = String(message.to).replace(/^(?=\d)/, "+");
    if (!E164.test(to)) return refused(400, 131009);
    const content = message.type === "template" ? templateIn(message) : textIn(message);
    if (typeof content === "number") return refused(400, content);
    // WhatsApp takes it and says so afterwards.
    const tooLate = message.type === "text" && !wroteToday(to, sender);
    const kept = office.keep(
      {
        providerMessageId: `wamid.${Buffer.from(office.newId()).toString("base64")}`,
        provider: "meta",
        channel: "whatsapp",
        to,
        from: sender,
        ...content,
        ...(typeof message.biz_opaque_callback_data === "string" && {
          callback: message.biz_opaque_callback_data,
        }),
        ...(tooLate && { failsWith: 131047 }),
        tellsSent: true,
      },
      fault,
    );
    return {
      status: 200,
      body: {
        messaging_product: "whatsapp",
        contacts: [{ input: message.to, wa_id: to.slice(1) }],
        messages: [{ id: kept.providerMessageId, message_status: "accepted" }],
      },
    };
  }

  function templateIn({ template }: Fields): number | { body: string; template: string; language: string } {
    const { name, language, components } = (template ?? {}) as Fields;
    const { code } = (language ?? {}) as Fields;
    const known = registered.find((text) => text.name === name && text.language === code);
    if (!known) return 132001;
    const [{ text, example }] = known.components;
    const [body] = (components ?? []) as { type: string; parameters: Fields[] }[];
    const given = body?.parameters ?? [];
    if (given.length !== example.body_text_named_params.length) return 132000;
    const values = new Map<unknown, unknown>(
      given.map(({ parameter_name, text: words }) => [parameter_name, words]),
    );
    const isFitting = example.body_text_named_params.every(({ param_name }) =>
      isTakenAsParameter(values.get(param_name)),
    );
    if (!isFitting) return 132012;
    return {
      body: filled(text, Object.fromEntries(values) as Record<string, string>),
      template: known.name,
      language: languageOf(known.language),
    };
  }

  const wroteToday = (person: string, sender: string): boolean => {
    const [last] = office.said(person, sender);
    return last !== undefined && office.now() - Date.parse(last.saidAt) < DAY_MS;
  };

  return {
    provider: "meta",
    variables: (url) => ({ META_ACCESS_TOKEN: ACCESS_TOKEN, META_GRAPH_URL: `${url}/v23.0` }),
    isMessage: ({ method }) => method === "POST",
    answer,
    failure(why) {
      if (why === "busy") return refused(429, 130429);
      if (why === "fault") return refused(500, 131000);
      return refused(400, Number(why));
    },
    sent(message, apiUrl, at) {
      if (message.fate.status === "failed" || isToldAtOnce(message)) return undefined;
      return hook(apiUrl, message.from, { statuses: [statusOf(message, "sent", at)] });
    },
    receipt(message, apiUrl, at) {
      const { status } = message.fate;
      const said = status === "delivered" && isToldAtOnce(message) ? (["sent", status] as const) : [status];
      const statuses = said.map((what) => statusOf(message, what, at));
      return hook(apiUrl, message.from, { statuses });
    },
    saying: (said, apiUrl, at) => hook(apiUrl, said.to, { messages: [messageOf(said, at)] }),
  };
}

const refused = (status: number, code: number): Reply => ({
  status,
  body: {
    error: { message: `(#${code})`, type: "OAuthException", code, fbtrace_id: "local" },
  },
});

function textIn({ text }: Fields): number | { body: string } {
  const { body } = (text ?? {}) as Fields;
  return typeof body === "string" && body !== "" && body.length <= 4096 ? { body } : 131009;
}

/** Source: developers.facebook.com/docs/whatsapp/cloud-api/guides/send-message-templates */
const isTakenAsParameter = (words: unknown): boolean =>
  typeof words === "string" && words !== "" && !/[\n\t]| {5}/.test(words) && words.length <= 1024;

const secondsOf = (millis: number): string => String(Math.floor(millis / 1000));

const BATCH_MS = 5_000;

/** What happens at nearly one time comes in one call. */
function isToldAtOnce({ fate: { sentToldAt, toldAt } }: Message): boolean {
  if (!sentToldAt || !toldAt) return false;
  const between = Date.parse(toldAt) - Date.parse(sentToldAt);
  return between >= 0 && between <= BATCH_MS;
}

const statusOf = (
  { providerMessageId, to, callback, fate }: Message,
  status: "sent" | Message["fate"]["status"],
  at: number,
): object => ({
  id: providerMessageId,
  status,
  timestamp: secondsOf(at),
  recipient_id: to.slice(1),
  ...(callback && { biz_opaque_callback_data: callback }),
  ...(status === "failed" && { errors: [{ code: fate.code ?? 131026 }] }),
});

const messageOf = (said: Said, at: number): object => ({
  from: said.from.slice(1),
  id: `wamid.${Buffer.from(said.id).toString("base64")}`,
  timestamp: secondsOf(at),
  type: "text",
  text: { body: said.body },
  ...(said.inReplyTo && { context: { id: said.inReplyTo } }),
});

/** Source: developers.facebook.com/docs/whatsapp/cloud-api/webhooks/payload-examples */
function hook(apiUrl: string, sender: string, value: object): Hook {
  const metadata = { display_phone_number: sender, phone_number_id: sender };
  const body = JSON.stringify({
    object: "whatsapp_business_account",
    entry: [
      {
        id: "0",
        changes: [{ field: "messages", value: { messaging_product: "whatsapp", metadata, ...value } }],
      },
    ],
  });
  return {
    url: `${apiUrl}/v1/webhooks/meta`,
    headers: {
      "content-type": "application/json",
      "x-hub-signature-256": `sha256=${createHmac("sha256", META_APP_SECRET).update(body).digest("hex")}`,
    },
    body,
  };
}
