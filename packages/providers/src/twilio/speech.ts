import type { Language } from "@turno/core/platform";

const VOICES: Readonly<Record<Language, string>> = { es: "es-MX", en: "en-US", pt: "pt-BR" };

/**
 * What is said on the phone, twice. Lines with an address of a page are left out: nobody can tap on what is said.
 *
 * Source: twilio.com/docs/voice/twiml/say
 */
export function speechOf(body: string, language: Language): string {
  const said = body
    .split("\n")
    .filter((line) => !line.includes("://"))
    .join("\n")
    .trim();
  return `<Response><Say language="${VOICES[language]}" loop="2">${escaped(said)}</Say></Response>`;
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

const escaped = (text: string): string => text.replace(/[&<>]/g, (character) => ENTITIES[character]!);
