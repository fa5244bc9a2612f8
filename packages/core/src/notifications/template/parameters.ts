import { type Composed, compose, linesOf, namesIn, type Reading, readingOf } from "./compose.ts";
import type { Place } from "./instant.ts";
import { type TemplateName, templates, type VariablesOf } from "./templates.ts";
import { declared } from "./variables.ts";
import type { Detail, Words } from "./write.ts";

/** Stands where there is nothing to say: a registered template shows all its lines, and WhatsApp refuses empty words. */
const NOTHING = "—";

/** What WhatsApp takes for one variable. */
const LONGEST = 1024;

/**
 * The variables of a message in words, by the names that they have with the provider and in the order in which the
 * registered text names them: on one line each, never empty, at most 1,024 characters long.
 */
export function parameters<Name extends TemplateName>(
  name: Name,
  reading: Reading,
  place: Place,
  variables: VariablesOf<Name>,
): Record<string, string> {
  return parametersOf(compose(name, reading, place, variables), readingOf(reading).detail);
}

export function parametersOf({ text, variables, words }: Composed, detail: Detail): Record<string, string> {
  const names = namesIn([...linesOf(text, variables, detail), ...(text.replies ?? [])].join("\n"));
  return Object.fromEntries(names.map((name) => [parameterName(name), inOneLine(words[name]!)]));
}

/** `patientName` is `patient_name` there. */
export const parameterName = (variable: string): string =>
  variable.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/**
 * The name of the text that is registered for a message with so much detail: where something is private, the minimal
 * message is a text of its own.
 */
export function registeredName(name: TemplateName, detail: Detail): string {
  const hasPrivate = Object.values(templates[name].variables).some((it) => declared(it).isPrivate);
  return detail === "minimal" && hasPrivate ? `${name}_minimal` : name;
}

function inOneLine(words: Words): string {
  const text = typeof words === "string" ? words : words.map(markedUp).join("; ");
  if (text.length > LONGEST) return `${text.slice(0, LONGEST - 1)}…`;
  return text || NOTHING;
}

/** A number is what the item is chosen by; a bullet says nothing within a line. */
const markedUp = ({ mark, text }: { mark: string; text: string }): string =>
  mark === "• " ? text : mark + text;
