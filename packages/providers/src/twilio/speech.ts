import type { Language } from "@turno/core/platform";

const VOICES: Readonly<Record<Language, string>> = { es: "es-MX", en: "en-US", pt: "pt-BR" };

/** What is said on the phone, twice. Source: twilio.com/docs/voice/twiml/say */
export const speechOf = (body: string, language: Language): string =>
  `<Response><Say language="${VOICES[language]}" loop="2">${escaped(body)}</Say></Response>`;

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

const escaped = (text: string): string => text.replace(/[&<>]/g, (character) => ENTITIES[character]!);
