import { compose, fill, joined, type Reading, readingOf } from "./compose.ts";
import type { Place } from "./instant.ts";
import { parametersOf, registeredName } from "./parameters.ts";
import type { TemplateName, VariablesOf } from "./templates.ts";

/** What is sent; a channel without subjects sends the body alone. */
export interface Rendered {
  readonly subject: string;
  readonly body: string;
  /** The name of this text with a provider that keeps the text itself, and its variables in words. */
  readonly template: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** The message as it is written to a phone: in the reader's language, with every time as the wall shows it at `place`. */
export function render<Name extends TemplateName>(
  name: Name,
  reading: Reading,
  place: Place,
  variables: VariablesOf<Name>,
): Rendered {
  const { detail } = readingOf(reading);
  const composed = compose(name, reading, place, variables);
  const { text, words, body } = composed;
  return {
    subject: fill(text.subject, words),
    body: joined([...body, ...(text.replies ?? [])].map((line) => fill(line, words))),
    template: registeredName(name, detail),
    parameters: parametersOf(composed, detail),
  };
}
