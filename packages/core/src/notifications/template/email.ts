import type { Language } from "../../platform/schemas.ts";
import { type Composed, fill, joined, namesIn, namesOfKind, replaceIn } from "./compose.ts";
import type { Words } from "./write.ts";

/** The text of an e-mail: all of the message but how to answer it by writing a single word. */
export const emailText = ({ words, body }: Composed): string => joined(body.map((line) => fill(line, words)));

/**
 * The same as a page that every mail program shows, and a screen reader reads in order: one column, plain paragraphs,
 * lists as lists, and a link as a button that says what it is for.
 */
export function emailHtml(composed: Composed, language: Language): string {
  const title = escaped(fill(composed.text.subject, composed.words));
  return [
    "<!doctype html>",
    `<html lang="${language}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${title}</title></head>`,
    `<body style="${BODY}"><div role="article" aria-label="${title}" style="${COLUMN}">`,
    ...paragraphsOf(composed.body).map((lines) => paragraph(lines, composed)),
    "</div></body></html>",
  ].join("\n");
}

const BODY =
  "margin:0;padding:24px;background:#ffffff;color:#1f2937;font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif";
const COLUMN = "max-width:560px;margin:0 auto";
const BUTTON =
  "display:inline-block;padding:12px 20px;border-radius:6px;background:#0f5c8c;color:#ffffff;text-decoration:none;font-weight:600";

/** The lines between empty ones. */
function paragraphsOf(body: readonly string[]): string[][] {
  const paragraphs: string[][] = [[]];
  for (const line of body) {
    if (line === "") paragraphs.push([]);
    else paragraphs.at(-1)!.push(line);
  }
  return paragraphs.filter((lines) => lines.length > 0);
}

/** Lines follow each other; what is a block of its own ends the paragraph. */
function paragraph(lines: readonly string[], composed: Composed): string {
  const blocks: string[] = [];
  let open: string[] = [];
  const close = () => {
    if (open.length > 0) blocks.push(`<p>${open.join("<br>\n")}</p>`);
    open = [];
  };
  for (const line of lines) {
    const block = buttonIn(line, composed);
    if (block) {
      close();
      blocks.push(block);
      continue;
    }
    const { text, list } = lineIn(line, composed);
    open.push(text);
    if (list) {
      close();
      blocks.push(list);
    }
  }
  close();
  return blocks.join("\n");
}

/** A line that ends in a link says before it what the link is for. */
function buttonIn(line: string, { variables, words }: Composed): string | undefined {
  const [name] = namesOfKind(line, variables, "link");
  if (name === undefined) return undefined;
  const label = line.slice(0, line.indexOf(":"));
  return `<p><a href="${escaped(words[name] as string)}" style="${BUTTON}">${escaped(label)}</a></p>`;
}

function lineIn(line: string, { words }: Composed): { text: string; list?: string } {
  const lists = namesIn(line).flatMap((name) => {
    const told = words[name]!;
    return typeof told === "string" ? [] : [listOf(told)];
  });
  const text = replaceIn(escaped(line), (name, space) => {
    const told = words[name]!;
    return typeof told === "string" ? space + escaped(told) : "";
  });
  return lists.length > 0 ? { text, list: lists.join("\n") } : { text };
}

function listOf(items: Exclude<Words, string>): string {
  const tag = items.every(({ mark }) => mark === "• ") ? "ul" : "ol";
  return `<${tag}>\n${items.map(({ text }) => `<li>${escaped(text)}</li>`).join("\n")}\n</${tag}>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);
