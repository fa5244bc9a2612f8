import type { Language } from "../../platform/schemas.ts";
import { type Composed, fill, namesOfKind } from "./compose.ts";
import type { Words } from "./write.ts";

const farewell: Readonly<Record<Language, string>> = {
  es: "Gracias por tu atención. Hasta luego.",
  en: "Thank you for listening. Goodbye.",
  pt: "Agradecemos a atenção. Até logo.",
};

/**
 * What is said on the phone, a sentence a line: without web addresses, which nobody can tap on, without street and number,
 * and without what can only be written back.
 */
export function spoken({ variables, words, body }: Composed, language: Language): string {
  const said = body
    .filter((line) => line !== "" && namesOfKind(line, variables, "link", "address").length === 0)
    .map((line) => sentence(fill(line, inSpeech(words))));
  return [...said, farewell[language]].join("\n");
}

/** The items of a list one after the other, with their numbers where they have any. */
const inSpeech = (words: Composed["words"]): Composed["words"] =>
  Object.fromEntries(Object.entries(words).map(([name, told]) => [name, inOneBreath(told)]));

const inOneBreath = (told: Words): Words =>
  typeof told === "string" ? told : told.map(({ mark, text }) => sentence(spokenMark(mark) + text)).join(" ");

const spokenMark = (mark: string): string => (mark === "• " ? "" : mark.replace(")", ":"));

const sentence = (line: string): string => (/[.!?…:;]$/.test(line) ? line : `${line}.`);
