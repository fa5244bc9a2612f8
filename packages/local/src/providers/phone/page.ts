import type { ChannelName } from "@turno/core/platform";
import type { Message } from "../office/index.ts";
import { SCRIPT, STYLE } from "./page.assets.ts";

/** What is shown of a message. */
export type Shown = Omit<Message, "fate" | "callback" | "idempotencyKey">;

/** What a person wrote, as their phone shows it. */
export interface Written {
  readonly channel: ChannelName;
  readonly from: string;
  readonly body: string;
  readonly saidAt: string;
}

/**
 * Writes the page that shows messages as the phones, browsers and mailboxes they went to, with what was written back. It
 * loads nothing from elsewhere, refreshes itself every two seconds, and can be read without scripts.
 *
 * @param messages newest first.
 * @param now epoch milliseconds of the local clock, shown in the head.
 */
export function phonePage(messages: readonly Shown[], written: readonly Written[], now: number): string {
  const lines: Line[] = [
    ...messages.map((message) => ({
      kind: "message" as const,
      to: message.to,
      at: message.receivedAt,
      message,
    })),
    ...written.map((saying) => ({ kind: "said" as const, to: saying.from, at: saying.saidAt, saying })),
  ].sort((a, b) => b.at.localeCompare(a.at));
  const devices = [...Map.groupBy(lines, ({ to }) => to)].map(([to, thread]) => device(to, thread));
  const count = messages.length === 1 ? "1 message" : `${messages.length} messages`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${count} · Turno</title>
<style>${STYLE}</style>
<noscript><meta http-equiv="refresh" content="2"></noscript>
</head>
<body>
<div id="live">
<header><h1>Phones and mailboxes</h1><p>${count} · clock ${TIME.format(now)} UTC</p></header>
<main>${devices.join("\n") || EMPTY}</main>
</div>
<script>${SCRIPT}</script>
</body>
</html>
`;
}

const EMPTY =
  '<p class="empty">Nothing has been sent yet. Book an appointment and its messages appear here.</p>';

type Line = { readonly to: string; readonly at: string } & (
  | { readonly kind: "message"; readonly message: Shown }
  | { readonly kind: "said"; readonly saying: Written }
);

function device(to: string, thread: readonly Line[]): string {
  const isMailbox = thread.some((line) => line.kind === "message" && line.message.channel === "email");
  const items = thread.map(isMailbox ? letter : bubble).join("");
  const kind = isMailbox ? "mailbox" : "phone";
  // The style puts the newest at the bottom, where a phone has it and where the list then starts.
  return `<section class="${kind}"><h2>${escapeHtml(to)}</h2><ol>${items}</ol>${answerForm(to, thread)}</section>`;
}

function bubble(line: Line): string {
  if (line.kind === "said") {
    const { channel, body, saidAt } = line.saying;
    return `<li class="said ${channel}"><div dir="auto">${escapeHtml(body)}</div>${details(saidAt, channel)}</li>`;
  }
  const { message } = line;
  const title = message.channel === "push" ? heading(message.subject) : "";
  return `<li class="${message.channel}"${languageOf(message)}>${title}<div dir="auto">${linked(message.body)}</div>${detailsOf(message)}</li>`;
}

function letter(line: Line): string {
  if (line.kind === "said") return bubble(line);
  const { message } = line;
  return `<li${languageOf(message)}>${heading(message.subject ?? "(no subject)")}<div dir="auto">${linked(message.body)}</div>${detailsOf(message)}</li>`;
}

/** Where something can be written back: on what the newest message came by that allows it. */
function answerForm(to: string, thread: readonly Line[]): string {
  const last = thread.find(
    (line) =>
      line.kind === "message" && (line.message.channel === "whatsapp" || line.message.channel === "sms"),
  );
  if (last?.kind !== "message") return "";
  const { channel, from, providerMessageId } = last.message;
  const data = Object.entries({ channel, from: to, to: from, inReplyTo: providerMessageId })
    .map(([name, value]) => ` data-${name.toLowerCase()}="${escapeHtml(value)}"`)
    .join("");
  return `<form${data}><input name="body" aria-label="Answer" placeholder="Answer by ${CHANNEL_NAME[channel]}" autocomplete="off" required><button>Send</button></form>`;
}

const heading = (text = ""): string => `<h3 dir="auto">${escapeHtml(text)}</h3>`;

const languageOf = ({ language }: Shown): string => (language ? ` lang="${escapeHtml(language)}"` : "");

const detailsOf = ({ receivedAt, channel, provider, template, language }: Shown): string =>
  details(receivedAt, channel, provider, template, language);

function details(at: string, channel: ChannelName, ...more: (string | undefined)[]): string {
  const facts = [CHANNEL_NAME[channel], ...more.filter((fact) => fact !== undefined).map(escapeHtml)];
  return `<p class="details">${time(at)} · ${facts.join(" · ")}</p>`;
}

const CHANNEL_NAME: Readonly<Record<ChannelName, string>> = {
  whatsapp: "WhatsApp",
  sms: "SMS",
  voice: "Call",
  email: "Email",
  push: "Notification",
};

const TIME = new Intl.DateTimeFormat("en-GB", {
  weekday: "short",
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  timeZone: "UTC",
});

function time(iso: string): string {
  return `<time datetime="${escapeHtml(iso)}">${TIME.format(new Date(iso))} UTC</time>`;
}

/** The text with its web addresses as links; everything is escaped, the addresses included. */
function linked(text: string): string {
  return text
    .split(/(https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)])/)
    .map((part, index) =>
      index % 2 === 1
        ? `<a href="${escapeHtml(part)}" rel="noreferrer">${escapeHtml(part)}</a>`
        : escapeHtml(part),
    )
    .join("");
}

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character]!);
}
