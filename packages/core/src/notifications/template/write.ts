import type { Language } from "../../platform/schemas.ts";
import { instantIn, type Place } from "./instant.ts";
import { moneyIn } from "./money.ts";
import type { Declaration, Kind, Kinds, Value } from "./variables.ts";

/** Who a value is written for. */
export interface Reader {
  readonly language: Language;
  readonly place: Place;
}

type Writers = { readonly [K in Kind]: (value: Kinds[K], reader: Reader) => string };

const writers: Writers = {
  text: oneLine,
  instant: (instant, { language, place }) => instantIn(language, place, instant),
  instants: (instants, { language, place }) =>
    instants.map((instant) => `\n• ${instantIn(language, place, instant)}`).join(""),
  money: (money, { language }) => oneLine(moneyIn(language, money)),
  minutes: (minutes, { language }) => oneLine(minutesIn(language, minutes)),
};

/** A value in the reader's words; `choices` are the words of the values of a choice. */
export function write(
  declaration: Declaration,
  value: Value,
  reader: Reader,
  choices: Readonly<Record<string, string>> | undefined,
): string {
  if (typeof declaration === "object") return choices![value as string]!;
  const writer = writers[declaration.replace("?", "") as Kind];
  return writer(value as never, reader);
}

const minutesIn = (language: Language, minutes: number): string =>
  new Intl.NumberFormat(language, { style: "unit", unit: "minute", unitDisplay: "long" }).format(minutes);

/** What a person typed cannot add lines to a message of the clinic's; Intl's hard spaces become plain ones. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
