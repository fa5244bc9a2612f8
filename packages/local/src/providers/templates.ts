import type { Language } from "@turno/core/platform";

/** A text that a clinic has registered with the provider, and WhatsApp has approved. */
export interface RegisteredText {
  readonly name: string;
  readonly language: Language;
  /** Its variables in the order in which the text names them first. */
  readonly parameters: readonly string[];
  /** The variables as `{{name}}`. */
  readonly body: string;
}

/** Finds a text by its name and language; all of them are those that core would have registered. */
export type Registered = readonly RegisteredText[];

/** What the phone shows. */
export const filled = ({ body }: RegisteredText, values: Readonly<Record<string, string>>): string =>
  body.replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name]!);
