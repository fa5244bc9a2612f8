import type { ReceivedMessage } from "./message.ts";
import { REFRESH, STYLE } from "./page.assets.ts";

/**
 * Writes the page that shows received messages as the phones and mailboxes they went to. It loads nothing from
 * elsewhere, refreshes itself every two seconds, and can be read without scripts.
 *
 * @param messages newest first.
 * @param now epoch milliseconds of the local clock, shown in the head.
 */
export function phonePage(messages: readonly ReceivedMessage[], now: number): string {
  const mails = messages.filter((message) => message.channel === "email");
  const texts = messages.filter((message) => message.channel !== "email");
  const devices = [
    ...byRecipient(texts).map(([to, thread]) => ({ at: thread[0]!.receivedAt, html: phone(to, thread) })),
    ...byRecipient(mails).map(([to, mailbox]) => ({ at: mailbox[0]!.receivedAt, html: mail(to, mailbox) })),
  ].sort((a, b) => b.at.localeCompare(a.at));
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
<main>${devices.map((device) => device.html).join("\n") || EMPTY}</main>
</div>
<script>${REFRESH}</script>
</body>
</html>
`;
}

const EMPTY =
  '<p class="empty">Nothing has been sent yet. Book an appointment and its messages appear here.</p>';

function byRecipient(messages: readonly ReceivedMessage[]): [string, ReceivedMessage[]][] {
  return [...Map.groupBy(messages, (message) => message.to)];
}

/** The style puts the newest at the bottom, where a phone has it and where the list then starts. */
function phone(to: string, thread: readonly ReceivedMessage[]): string {
  return `<section class="phone"><h2>${escapeHtml(to)}</h2><ol>${thread.map(bubble).join("")}</ol></section>`;
}

function bubble(message: ReceivedMessage): string {
  return `<li class="${message.channel}" lang="${escapeHtml(message.language)}"><div dir="auto">${linked(message.body)}</div>${details(message)}</li>`;
}

function mail(to: string, mailbox: readonly ReceivedMessage[]): string {
  return `<section class="mailbox"><h2>${escapeHtml(to)}</h2><ol>${mailbox.map(letter).join("")}</ol></section>`;
}

function letter(message: ReceivedMessage): string {
  const subject = `<h3 dir="auto">${escapeHtml(message.subject ?? "(no subject)")}</h3>`;
  return `<li lang="${escapeHtml(message.language)}">${subject}<div dir="auto">${linked(message.body)}</div>${details(message)}</li>`;
}

function details(message: ReceivedMessage): string {
  const facts = [CHANNEL_NAME[message.channel], message.template, message.language]
    .map(escapeHtml)
    .join(" · ");
  return `<p class="details">${time(message.receivedAt)} · ${facts}</p>`;
}

const CHANNEL_NAME = { whatsapp: "WhatsApp", sms: "SMS", email: "Email" };

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
