/** The look of the page, without anything to load. */
export const STYLE = `
:root { color-scheme: light dark; --line: light-dark(#d9dde3, #3a4049); --quiet: light-dark(#5b6470, #9aa4b2);
  --page: light-dark(#eef1f4, #14171b); --sheet: light-dark(#fff, #1e2329); --chat: light-dark(#e9e2d9, #22262b);
  --whatsapp: light-dark(#d9fdd3, #14513f); --sms: light-dark(#dfe9fb, #253a5c);
  --voice: light-dark(#f3e3c6, #54431f); --push: light-dark(#ece4f8, #3c2f57); }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); font: 15px/1.45 system-ui, sans-serif; }
header { padding: 20px 24px 4px; }
h1 { margin: 0; font-size: 20px; }
header p, .details, .empty { color: var(--quiet); }
header p { margin: 2px 0 0; }
main { display: flex; flex-wrap: wrap; gap: 24px; align-items: flex-start; padding: 20px 24px 40px; }
section { background: var(--sheet); border: 1px solid var(--line); overflow: hidden; }
h2 { margin: 0; padding: 12px 16px; font-size: 15px; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
ol { margin: 0; padding: 0; list-style: none; max-height: 560px; overflow-y: auto; }
li > div { white-space: pre-wrap; overflow-wrap: anywhere; }
.details { margin: 4px 0 0; font-size: 12px; }
.phone { width: 320px; border-width: 8px 5px; border-color: light-dark(#2a2f36, #000); border-radius: 28px; }
.phone ol { display: flex; flex-direction: column-reverse; gap: 10px; min-height: 380px; padding: 14px 12px;
  background: var(--chat); }
.phone li { align-self: flex-start; max-width: 92%; padding: 8px 12px; border-radius: 4px 14px 14px; }
.phone .whatsapp { background: var(--whatsapp); }
.phone .sms { background: var(--sms); }
.phone .voice { background: var(--voice); }
.phone .push { background: var(--push); }
.phone .said { align-self: flex-end; background: var(--sheet); border-radius: 14px 4px 14px 14px; }
form { display: flex; gap: 8px; padding: 10px 12px; border-top: 1px solid var(--line); }
input { flex: 1; min-width: 0; padding: 6px 10px; border: 1px solid var(--line); border-radius: 8px; font: inherit;
  color: inherit; background: var(--page); }
button { padding: 6px 12px; border: 1px solid var(--line); border-radius: 8px; font: inherit; color: inherit;
  background: var(--page); cursor: pointer; }
.mailbox { flex: 1 1 420px; max-width: 680px; border-radius: 10px; }
.mailbox li { padding: 14px 16px; }
.mailbox li + li { border-top: 1px solid var(--line); }
h3 { margin: 0 0 6px; font-size: 15px; }
`;

/**
 * Replaces what is shown only when it has changed and nobody is writing, keeps every list where it was scrolled to, and
 * sends what is written.
 */
export const SCRIPT = `
const live = () => document.getElementById("live");
const scrolls = () => [...document.querySelectorAll("ol")];
const isWriting = () => [...document.querySelectorAll("input")].some((input) => input.value !== "");
const refresh = async () => {
  if (document.hidden || isWriting()) return;
  try {
    const text = await (await fetch(location.href)).text();
    const next = new DOMParser().parseFromString(text, "text/html");
    const replacement = next.getElementById("live");
    if (!replacement || replacement.innerHTML === live().innerHTML) return;
    const kept = new Map(scrolls().map((list) => [list.previousSibling.textContent, list.scrollTop]));
    live().replaceWith(replacement);
    document.title = next.title;
    for (const list of scrolls()) list.scrollTop = kept.get(list.previousSibling.textContent) ?? 0;
  } catch (error) {
    document.title = "(not reachable) Turno";
  }
};
setInterval(refresh, 2000);
document.addEventListener("submit", async (event) => {
  event.preventDefault();
  const { channel, from, to, inreplyto: inReplyTo } = event.target.dataset;
  const input = event.target.elements.body;
  const headers = { "content-type": "application/json" };
  const body = JSON.stringify({ channel, from, to, inReplyTo, body: input.value });
  const { ok } = await fetch("/_local/messages", { method: "POST", headers, body });
  if (ok) input.value = "";
  await refresh();
});
`;
