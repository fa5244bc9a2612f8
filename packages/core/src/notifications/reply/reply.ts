import { agreement, asking, bidding, courtesies, dressing, phrases, type Wish } from "./phrases.ts";

/** What somebody wrote back, as far as it is certain. */
export type Meaning =
  | { readonly kind: Wish }
  /** One of the numbered things that were offered, from 1. */
  | { readonly kind: "choice"; readonly number: number }
  /** A person has to read it. */
  | { readonly kind: "unclear" };

const unclear: Meaning = { kind: "unclear" };

/**
 * What a text in es, en or pt means.
 *
 * A text is understood when it is made of known phrases alone and they mean one thing: a word inside of a longer text
 * counts for nothing, since "I cannot cancel my other plans" is no cancellation. A question acts only where it does no
 * harm, and what may be two things is neither.
 */
export function understand(text: string): Meaning {
  const words = wordsOf(text);
  if (words.length === 0) return onlyThumb(text) ? { kind: "confirm" } : unclear;
  if (words.length > MOST_WORDS) return unclear;
  const number = choiceIn(words);
  if (number !== undefined) return { kind: "choice", number };
  const parts = partsOf(words);
  if (!parts) return unclear;
  const kind = meaningOf(parts, text.includes("?"));
  return kind ? { kind } : unclear;
}

const MOST_WORDS = 16;

const wordsOf = (text: string): string[] =>
  text
    .normalize("NFKD")
    .replace(/[\p{M}\u200d]/gu, "")
    .toLowerCase()
    .replace(/['’`´]/g, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()
    .split(" ")
    .filter((word) => word !== "");

/** A thumb or a tick and no word. */
const onlyThumb = (text: string): boolean =>
  /^[\s\p{P}]*(?:(?:👍|👌|✅|✔|☑)[\u{1f3fb}-\u{1f3ff}\ufe0f\s\p{P}]*)+$/u.test(text);

type Part = Wish | "agreement" | "courtesy" | "dressing" | "asking" | "bidding";

const partOf: ReadonlyMap<string, Part> = new Map<string, Part>([
  ...dressing.map((phrase) => [phrase, "dressing"] as const),
  ...asking.map((phrase) => [phrase, "asking"] as const),
  ...bidding.map((phrase) => [phrase, "bidding"] as const),
  ...courtesies.map((phrase) => [phrase, "courtesy"] as const),
  ...agreement.map((phrase) => [phrase, "agreement"] as const),
  ...Object.entries(phrases).flatMap(([wish, all]) => all.map((phrase) => [phrase, wish as Wish] as const)),
]);

const LONGEST = Math.max(...[...partOf.keys()].map((phrase) => phrase.split(" ").length));

/** The known phrases that a text is made of, the longest first; `undefined` when something else is in it. */
function partsOf(words: readonly string[]): Part[] | undefined {
  const parts: Part[] = [];
  for (let at = 0; at < words.length; ) {
    const length = lengthAt(words, at);
    if (length === 0) return undefined;
    const part = partOf.get(words.slice(at, at + length).join(" "))!;
    // "Si no puedo ir" may say "if I cannot come".
    if (isYes(words[at - 1]) && isNo(words[at])) return undefined;
    parts.push(part);
    at += length;
  }
  return parts;
}

const isYes = (word = ""): boolean => /^(si+|sim+|yes)$/.test(word);
const isNo = (word = ""): boolean => /^(no|nao)$/.test(word);

function lengthAt(words: readonly string[], at: number): number {
  for (let length = Math.min(LONGEST, words.length - at); length > 0; length--) {
    if (partOf.has(words.slice(at, at + length).join(" "))) return length;
  }
  return 0;
}

/** These say it all; beside other words they may be about something else. */
const alone: ReadonlySet<Part> = new Set(["stop", "start", "help"]);

function meaningOf(parts: readonly Part[], isMarked: boolean): Wish | undefined {
  const said = new Set(parts.filter((part) => part !== "courtesy"));
  if ([...said].some((part) => alone.has(part))) return said.size === 1 ? ([...said][0] as Wish) : undefined;
  const isDressed = said.delete("dressing");
  const isAsked = said.delete("asking");
  const isBidden = said.delete("bidding");
  const agrees = said.delete("agreement");
  // Whoever cannot come and wants another time wants another time.
  if (said.has("reschedule")) said.delete("cancel");
  const [wish, ...others] = said as ReadonlySet<Wish>;
  if (others.length > 0) return undefined;
  // A question for another time is answered by offering some.
  if (wish === "reschedule") return wish;
  const isQuestion = isAsked || (isMarked && !isBidden);
  if (isQuestion) return undefined;
  if (wish === "cancel") return wish;
  // Whoever bids the clinic confirm has not said that they will come.
  if (isBidden) return undefined;
  return wish ?? (agrees && !isDressed ? "confirm" : undefined);
}

function withoutCourtesies(words: readonly string[]): string[] {
  const rest: string[] = [];
  for (let at = 0; at < words.length; ) {
    const length = lengthAt(words, at);
    const isCourtesy = partOf.get(words.slice(at, at + length).join(" ")) === "courtesy";
    if (!isCourtesy) rest.push(words[at]!);
    at += isCourtesy ? length : 1;
  }
  return rest;
}

/** Numbers as words, and what may stand before a number. */
const counted: readonly (readonly string[])[] = [
  ["1", "uno", "one", "um", "primero", "primera", "first", "primeiro", "primeira", "1o", "1a", "1ro", "1st"],
  ["2", "dos", "two", "dois", "duas", "segundo", "segunda", "second", "2o", "2a", "2do", "2nd"],
  ["3", "tres", "three", "tercero", "tercera", "third", "terceiro", "terceira", "3o", "3a", "3ro", "3rd"],
];
const BEFORE_A_NUMBER = new Set([
  ...["la", "el", "lo", "the", "o", "a", "opcion", "option", "opcao", "numero", "number", "num", "nro", "n"],
  ...[
    "quiero",
    "elijo",
    "prefiero",
    "escojo",
    "i",
    "want",
    "choose",
    "ill",
    "take",
    "quero",
    "prefiro",
    "escolho",
  ],
]);
const AFTER_A_NUMBER = new Set(["opcion", "option", "opcao", "one"]);

/** The number in a text that is nothing but one. A weekday ("segunda", "a segunda") needs what says that it is none. */
function choiceIn(words: readonly string[]): number | undefined {
  const bare = withoutCourtesies(words);
  const position = bare.findIndex((word) => numberIn(word) !== undefined);
  if (position < 0) return undefined;
  const before = bare.slice(0, position);
  const after = bare.slice(position + 1);
  const word = bare[position]!;
  const isFramed = before.every((other) => BEFORE_A_NUMBER.has(other)) && after.length < 2;
  if (!isFramed || !after.every((other) => AFTER_A_NUMBER.has(other))) return undefined;
  const named = [...before, ...after].some((other) => /^op[ct]/.test(other));
  return isWeekday(word) && !named ? undefined : numberIn(word);
}

/** Monday and Tuesday in Portuguese are counted. */
const isWeekday = (word: string): boolean => word === "segunda";

function numberIn(word: string): number | undefined {
  if (/^[1-9]$/.test(word)) return Number(word);
  const index = counted.findIndex((names) => names.includes(word));
  return index < 0 ? undefined : index + 1;
}
