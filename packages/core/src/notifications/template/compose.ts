import type { Language } from "../../platform/schemas.ts";
import type { Place } from "./instant.ts";
import type { Text } from "./template.ts";
import { type TemplateName, templates, type VariablesOf } from "./templates.ts";
import { declared, type Kind, type Value, type Variables } from "./variables.ts";
import { type Detail, type Words, write } from "./write.ts";

/** How a message is read: in which language, and how much of it. A language alone means all of it. */
export type Reading = Language | { readonly language: Language; readonly detail?: Detail };

export const readingOf = (reading: Reading): { language: Language; detail: Detail } =>
  typeof reading === "string"
    ? { language: reading, detail: "full" }
    : { language: reading.language, detail: reading.detail ?? "full" };

/** A message before any channel has it: the lines that have something to say, and the words to fill them with. */
export interface Composed {
  readonly text: Text;
  readonly variables: Variables;
  readonly words: Readonly<Record<string, Words>>;
  readonly body: readonly string[];
}

export function compose<Name extends TemplateName>(
  name: Name,
  reading: Reading,
  place: Place,
  given: VariablesOf<Name>,
): Composed {
  const { language, detail } = readingOf(reading);
  const template = templates[name];
  const variables: Variables = template.variables;
  const text: Text = template.texts[language];
  const values = given as Readonly<Record<string, Value | undefined>>;
  const words: Record<string, Words> = {};
  for (const [variable, declaration] of Object.entries(variables)) {
    const value = values[variable];
    words[variable] =
      value === undefined
        ? ""
        : write(declaration, value, { language, detail, place }, text.words?.[variable]);
  }
  const body = linesOf(text, variables, detail).filter((line) =>
    namesIn(line).every((variable) => words[variable]!.length > 0),
  );
  return { text, variables, words, body };
}

/** The lines of a text in so much detail, whether or not they have something to say. */
export function linesOf(text: Text, variables: Variables, detail: Detail): readonly string[] {
  if (detail === "full") return text.body;
  return (
    text.minimal ?? text.body.filter((line) => !namesIn(line).some((name) => isPrivate(variables, name)))
  );
}

export const isPrivate = (variables: Variables, name: string): boolean =>
  declared(variables[name]!).isPrivate;

const variableIn = /( ?)\{(\w+)\}/g;

/** The variables that a line names, as often as it does. */
export const namesIn = (line: string): string[] => [...line.matchAll(variableIn)].map(([, , name]) => name!);

/** Of the variables that a line names, those of some kinds. */
export const namesOfKind = (line: string, variables: Variables, ...kinds: readonly Kind[]): string[] =>
  namesIn(line).filter((name) => kinds.some((kind) => declared(variables[name]!).kind === kind));

/** A line with `wordsOf` in place of its variables; each gets the space before it as well. */
export const replaceIn = (line: string, wordsOf: (name: string, space: string) => string): string =>
  line.replace(variableIn, (_, space: string, name: string) => wordsOf(name, space));

/** A line in words, the items of a list on lines of their own. */
export const fill = (line: string, words: Composed["words"]): string =>
  replaceIn(line, (name, space) => {
    const told = words[name]!;
    if (typeof told === "string") return space + told;
    return told.map(({ mark, text }) => `\n${mark}${text}`).join("");
  });

/** Lines as one text: paragraphs stay apart by one empty line, whatever was left out between them. */
export const joined = (lines: readonly string[]): string =>
  lines
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
