import type { Session } from "./till.ts";

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

/** The page on which somebody pays, without a script. */
export function payPage({ amount, currency, description, status }: Session): string {
  const price = `${(amount / 100).toFixed(2)} ${currency.toUpperCase()}`;
  const rest = {
    open: `<form method="post"><button>Pay ${price}</button></form>`,
    complete: "<p>This has been paid.</p>",
    expired: "<p>This page has ended.</p>",
  }[status];
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Pay</title><body><main><h1>${escaped(description)}</h1><p>${price}</p>${rest}
<p><small>A stand-in on this machine: no money moves.</small></p></main></body></html>`;
}
