import type { ChannelName } from "../../platform/schemas.ts";
import { type Composed, compose, fill, joined, type Reading, readingOf } from "./compose.ts";
import { emailHtml, emailText } from "./email.ts";
import type { Place } from "./instant.ts";
import { parametersOf, registeredName } from "./parameters.ts";
import { linkIn, pushed } from "./push.ts";
import { spoken } from "./spoken.ts";
import type { TemplateName, VariablesOf } from "./templates.ts";

/** What every channel takes of a message. */
interface Registered {
  /** The name of this text with a provider that keeps the text itself, and its variables in words. */
  readonly template: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What is written to a phone; a channel without subjects sends the body alone. */
export interface Rendered extends Registered {
  readonly subject: string;
}

/** What one channel takes. */
export interface Written extends Registered {
  /** For e-mail and push. */
  readonly subject?: string;
  /** For e-mail. */
  readonly html?: string;
  /** For push: where a tap leads. */
  readonly link?: string;
}

/** The message as it is written to a phone: in the reader's language, with every time as the wall shows it at `place`. */
export function render<Name extends TemplateName>(
  name: Name,
  reading: Reading,
  place: Place,
  variables: VariablesOf<Name>,
): Rendered {
  const composed = compose(name, reading, place, variables);
  return {
    ...registeredAs(name, reading, composed),
    subject: subjectOf(composed),
    body: phoneText(composed),
  };
}

/** The message as one channel takes it: {@link render} for what a phone shows, and its own form for each of the others. */
export function renderFor<Name extends TemplateName>(
  channel: ChannelName,
  name: Name,
  reading: Reading,
  place: Place,
  variables: VariablesOf<Name>,
): Written {
  const { language } = readingOf(reading);
  const composed = compose(name, reading, place, variables);
  const kept = registeredAs(name, reading, composed);
  switch (channel) {
    case "whatsapp":
    case "sms":
      return { ...kept, body: phoneText(composed) };
    case "voice":
      return { ...kept, body: spoken(composed, language) };
    case "email":
      return {
        ...kept,
        subject: subjectOf(composed),
        body: emailText(composed),
        html: emailHtml(composed, language),
      };
    case "push": {
      const link = linkIn(composed);
      return { ...kept, subject: subjectOf(composed), body: pushed(composed), ...(link && { link }) };
    }
  }
}

function registeredAs(name: TemplateName, reading: Reading, composed: Composed) {
  const { detail } = readingOf(reading);
  return { template: registeredName(name, detail), parameters: parametersOf(composed, detail) };
}

const subjectOf = ({ text, words }: Composed): string => fill(text.subject, words);

const phoneText = ({ text, words, body }: Composed): string =>
  joined([...body, ...(text.replies ?? [])].map((line) => fill(line, words)));
