import type { Language } from "../../platform/schemas.ts";
import type { Place } from "./instant.ts";
import type { Template } from "./template.ts";
import { type TemplateName, templates, type VariablesOf } from "./templates.ts";
import type { Value } from "./variables.ts";
import { write } from "./write.ts";

/** What is sent; a channel without subjects sends the body alone. */
export interface Rendered {
  readonly subject: string;
  readonly body: string;
  /** The variables in words, for a provider that keeps the text itself; empty where there is nothing to say. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** The message in the reader's language, with every time as the wall shows it at `place`. */
export function render<Name extends TemplateName>(
  name: Name,
  language: Language,
  place: Place,
  variables: VariablesOf<Name>,
): Rendered {
  const { variables: declared, texts }: Template = templates[name];
  const { subject, body, words } = texts[language];
  const values = variables as Readonly<Record<string, Value | undefined>>;
  const written: Written = {};
  for (const [variable, declaration] of Object.entries(declared)) {
    const value = values[variable];
    written[variable] =
      value === undefined ? "" : write(declaration, value, { language, place }, words?.[variable]);
  }
  return { subject: fill(subject, written), body: bodyOf(body, written), parameters: written };
}

/** The variables in words; empty where there is nothing to say. */
type Written = Record<string, string>;

const variableIn = /\{(\w+)\}/g;

const fill = (line: string, written: Written): string =>
  line.replace(variableIn, (_, name: string) => written[name]!);

const saysSomething = (line: string, written: Written): boolean =>
  [...line.matchAll(variableIn)].every(([, name]) => written[name!] !== "");

const bodyOf = (lines: readonly string[], written: Written): string =>
  lines
    .filter((line) => saysSomething(line, written))
    .map((line) => fill(line, written))
    .join("\n")
    .replace(/\n{3,}/g, "\n\n");
