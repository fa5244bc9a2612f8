import { type Composed, fill, joined, namesOfKind } from "./compose.ts";

/** About what a lock screen shows. */
const LONGEST = 180;

/** What a notification of a browser says under its title: how the message begins, without its addresses. */
export function pushed({ variables, words, body }: Composed): string {
  const end = body.indexOf("");
  const beginning = (end < 0 ? body : body.slice(0, end)).filter(
    (line) => namesOfKind(line, variables, "link", "address").length === 0,
  );
  return shortened(joined(beginning.map((line) => fill(line, words))));
}

/** Ends with a whole word. */
function shortened(text: string): string {
  if (text.length <= LONGEST) return text;
  const cut = text.slice(0, LONGEST);
  return `${cut.slice(0, cut.search(/\s\S*$/)).replace(/[\s,;:]+$/, "")}…`;
}

/** Where a tap on it leads. */
export function linkIn({ variables, words }: Composed): string | undefined {
  const [name] = Object.keys(variables).filter(
    (it) => namesOfKind(`{${it}}`, variables, "link").length > 0 && words[it] !== "",
  );
  return name === undefined ? undefined : (words[name] as string);
}
