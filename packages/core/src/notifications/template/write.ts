import type { Instant, Language } from "../../platform/schemas.ts";
import { clockIn, dateIn, instantIn, type Place } from "./instant.ts";
import { moneyIn } from "./money.ts";
import {
  type Declaration,
  declared,
  type Kind,
  type Kinds,
  type Occurrence,
  type Value,
} from "./variables.ts";

/** How much a message says: `minimal` leaves out what is private. */
export type Detail = "full" | "minimal";

/** Who a value is written for. */
export interface Reader {
  readonly language: Language;
  readonly detail: Detail;
  readonly place: Place;
}

/** A variable in words. A list has the mark that its items begin with on lines of their own. */
export type Words = string | readonly { readonly mark: string; readonly text: string }[];

type Writers = { readonly [K in Kind]: (value: Kinds[K], reader: Reader) => Words };

const writers: Writers = {
  text: oneLine,
  link: oneLine,
  address: oneLine,
  instant: timeOf,
  date: (date, { language }) => dateIn(language, date),
  money: (money, { language }) => oneLine(moneyIn(language, money)),
  minutes: (minutes, { language }) => unitIn(language, "minute", minutes),
  duration: (minutes, { language }) => durationIn(language, minutes),
  count: (count, { language }) => oneLine(new Intl.NumberFormat(language).format(count)),
  percent: (ratio, { language }) =>
    oneLine(new Intl.NumberFormat(language, { style: "percent" }).format(ratio)),
  lines: (lines) => bullets(lines.map(oneLine).filter((line) => line !== "")),
  instants: (instants, reader) => bullets(instants.map((instant) => timeOf(instant, reader))),
  numberedInstants: (instants, reader) => numbered(instants.map((instant) => timeOf(instant, reader))),
  agenda: (agenda, reader) =>
    bullets(
      agenda.map((item) =>
        withTime(clockIn(reader.language, reader.place, item.at), " ", item, reader.detail),
      ),
    ),
  numberedOccurrences: (items, reader) =>
    numbered(items.map((item) => withTime(timeOf(item.at, reader), ": ", item, reader.detail))),
};

/** A value in the reader's words; `choices` are the words of the values of a choice. */
export function write(
  declaration: Declaration,
  value: Value,
  reader: Reader,
  choices: Readonly<Record<string, string>> | undefined,
): Words {
  const { kind } = declared(declaration);
  if (kind === "choice") return choices![value as string]!;
  return writers[kind](value as never, reader);
}

function timeOf(instant: Instant, { language, place }: Reader): string {
  return instantIn(language, place, instant);
}

const withTime = (time: string, between: string, { text }: Occurrence, detail: Detail): string => {
  const what = oneLine(text);
  return detail === "minimal" || what === "" ? time : `${time}${between}${what}`;
};

const bullets = (texts: readonly string[]): Words => texts.map((text) => ({ mark: "• ", text }));

const numbered = (texts: readonly string[]): Words =>
  texts.map((text, index) => ({ mark: `${index + 1}) `, text }));

const unitIn = (language: Language, unit: "day" | "hour" | "minute", count: number): string =>
  oneLine(new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(count));

const HOUR = 60;
const DAY = 24 * HOUR;

/** `1 hora y 30 minutos`; what is left of a minute is rounded. */
function durationIn(language: Language, duration: number): string {
  const whole = Math.round(duration);
  const units = [
    { unit: "day", count: Math.floor(whole / DAY) },
    { unit: "hour", count: Math.floor((whole % DAY) / HOUR) },
    { unit: "minute", count: whole % HOUR },
  ] as const;
  const told = units.filter(({ count }) => count > 0).map(({ unit, count }) => unitIn(language, unit, count));
  if (told.length === 0) return unitIn(language, "minute", 0);
  return new Intl.ListFormat(language).format(told);
}

/** What a person typed cannot add lines to a message of the clinic's; Intl's hard spaces become plain ones. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
