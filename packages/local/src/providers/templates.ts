import type { Template } from "@turno/core/notifications";

/** The texts that a clinic has registered, and WhatsApp has approved, as each provider keeps them. */
export type Registered = ReturnType<typeof Template.providerTemplates>;

/** What the phone shows. */
export const filled = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name]!);

/** A language as we name it: Portuguese has a country with the providers. */
export const languageOf = (code: string): string => code.slice(0, 2);
