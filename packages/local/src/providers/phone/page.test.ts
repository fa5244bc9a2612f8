import { expect, test } from "vitest";
import { phonePage, type Shown } from "./index.ts";

const NINE = Date.parse("2026-03-02T09:00:00Z");

function message(change: Partial<Shown>): Shown {
  return {
    provider: "meta",
    channel: "whatsapp",
    from: "106540352242922",
    to: "+51999000111",
    language: "es",
    template: "booking_confirmed",
    body: "Su cita está confirmada.",
    providerMessageId: "msg_1",
    receivedAt: "2026-03-02T09:00:00.000Z",
    ...change,
  };
}

test("every phone number has one phone, and every address one mailbox", () => {
  const page = phonePage(
    [
      message({ body: "third" }),
      message({ channel: "email", to: "ana@example.org", subject: "Your appointment", body: "second" }),
      message({ channel: "sms", body: "first" }),
    ],
    [],
    NINE,
  );
  expect(page.match(/<section class="phone">/g)).toHaveLength(1);
  expect(page.match(/<section class="mailbox">/g)).toHaveLength(1);
  expect(page).toContain("<h2>+51999000111</h2>");
  expect(page).toContain('<h3 dir="auto">Your appointment</h3>');
  expect(page).toMatch(/third.*first/s);
});

test("who was written to last comes first", () => {
  const page = phonePage(
    [
      message({ to: "+1222000222", receivedAt: "2026-03-02T09:05:00.000Z" }),
      message({ channel: "email", to: "ana@example.org", receivedAt: "2026-03-02T09:03:00.000Z" }),
      message({}),
    ],
    [],
    NINE,
  );
  expect([...page.matchAll(/<h2>(.*?)<\/h2>/g)].map((match) => match[1])).toEqual([
    "+1222000222",
    "ana@example.org",
    "+51999000111",
  ]);
});

test("nothing in a message becomes markup", () => {
  const attack = `<script>alert("1")</script>'"&`;
  const page = phonePage(
    [
      message({ to: attack, body: attack, template: attack, language: attack }),
      message({ channel: "email", to: attack, subject: attack, body: `https://x.example/"onclick='a` }),
    ],
    [],
    NINE,
  );
  expect(page).not.toContain("<script>alert");
  expect(page).not.toContain(`"onclick`);
  expect(page).toContain("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&quot;&amp;");
});

test("a web address becomes a link without the full stop behind it", () => {
  const page = phonePage([message({ body: "Vea https://turno.example/r?a=1&b=2. Gracias" })], [], NINE);
  const address = "https://turno.example/r?a=1&amp;b=2";
  expect(page).toContain(`<a href="${address}" rel="noreferrer">${address}</a>. Gracias`);
});

test("no other scheme becomes a link", () => {
  expect(phonePage([message({ body: "javascript:alert(1)" })], [], NINE)).not.toContain("<a ");
});

test("the page loads nothing from elsewhere", () => {
  const page = phonePage([message({ body: "no address" })], [], NINE);
  expect(page).not.toMatch(/(src|href)=|url\(|@import/);
});

test("without messages the page says so, and shows the clock", () => {
  const page = phonePage([], [], NINE);
  expect(page).toContain("Nothing has been sent yet");
  expect(page).toContain("Mon, 2 Mar 2026, 09:00 UTC");
});

test("a call, a notification and what was written back show as what they are", () => {
  const page = phonePage(
    [
      message({ channel: "push", to: "browser_1", subject: "Your appointment", body: "tomorrow" }),
      message({ channel: "voice", body: "said" }),
    ],
    [{ channel: "whatsapp", from: "+51999000111", body: "CONFIRM", saidAt: "2026-03-02T09:01:00.000Z" }],
    NINE,
  );
  expect(page).toMatch(/<li class="push".*Your appointment.*tomorrow/s);
  expect(page).toMatch(/<li class="said whatsapp">.*CONFIRM.*<li class="voice".*said/s);
});

test("what came by WhatsApp or SMS can be answered, and nothing else", () => {
  const page = phonePage([message({})], [], NINE);
  expect(page).toContain(
    '<form data-channel="whatsapp" data-from="+51999000111" data-to="106540352242922" data-inreplyto="msg_1">',
  );
  expect(phonePage([message({ channel: "voice" })], [], NINE)).not.toContain("<form");
  expect(phonePage([message({ channel: "email", to: "ana@example.org" })], [], NINE)).not.toContain("<form");
});
