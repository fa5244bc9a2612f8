import { NUMBER, numberIn, plain, type Reading } from "./words.ts";

/** How often a medication is taken. */
export type Frequency =
  /** When it is needed: nothing to remind of. */
  | { readonly kind: "as-needed" }
  /** So many elapsed hours apart, whatever clocks do; `from` is the first dose in minutes after midnight. */
  | { readonly kind: "interval"; readonly hours: number; readonly from?: number }
  /** At these times of the wall clock, in minutes after midnight, ascending, on every so manieth day. */
  | { readonly kind: "times"; readonly everyDays: number; readonly minutes: readonly number[] };

const most = { hours: 168, timesADay: 12, days: 91 };

/** Doses of a number of times a day are spread over these hours, both included; the first one is the usual time. */
const WAKING = { from: 8 * 60, to: 20 * 60 };
export const FIRST_DOSE = WAKING.from;

const UNDERSTOOD =
  'is not understood. Write, in English, Spanish or Portuguese: "every 8 hours" (or "q8h", with "from 06:00" for the ' +
  'first dose), "3 times a day", "twice daily at 08:00 and 20:00", "08:00, 14:00, 20:00", "every 2 days", ' +
  '"once a week at 09:00", or "as needed". Times are HH:MM of 24 hours.';

const asNeeded: ReadonlySet<string> = new Set([
  ...["as needed", "when needed", "if needed", "prn"],
  ...["si hace falta", "si es necesario", "cuando haga falta", "segun necesidad"],
  ...["se necessario", "quando necessario", "se precisar"],
]);

type Rhythm = { readonly hours: number } | { readonly timesADay: number } | { readonly days: number };

const EVERY = "(?:every|each|cada|a cada)";
const TIMES = "(?:x|times?|vez|veces|vezes)";

/** The first group of a pattern, where it has one, is the number. */
const rhythms: readonly (readonly [pattern: string, rhythm: (number: number) => Rhythm])[] = [
  [`(?:${EVERY}|c/|q) ?${NUMBER} ?(?:h|hs|hrs?|hours?|horas?)`, (hours) => ({ hours })],
  ["de (\\d+) em \\1 ?(?:h|horas)|(\\d+)/\\2 ?(?:h|horas)", (hours) => ({ hours })],
  [`${EVERY} ho(?:ur|ra)|hourly`, () => ({ hours: 1 })],
  [
    `${NUMBER} ?${TIMES} ?(?:a|per|each|every|al|por|ao|/)? ?(?:day|dia|daily)`,
    (timesADay) => ({ timesADay }),
  ],
  ["once (?:a day|per day|daily)", () => ({ timesADay: 1 })],
  ["twice (?:a day|per day|daily)", () => ({ timesADay: 2 })],
  [`${EVERY} (?:day|dia)|daily|diario|diariamente|todos los dias|todos os dias`, () => ({ timesADay: 1 })],
  [`${EVERY} ${NUMBER} ?(?:days?|dias?)`, (days) => ({ days })],
  ["every other day", () => ({ days: 2 })],
  [`${EVERY} ${NUMBER} ?(?:weeks?|semanas?)`, (weeks) => ({ days: 7 * weeks })],
  [`${EVERY} (?:week|semana)|weekly|semanal|semanalmente`, () => ({ days: 7 })],
  [`(?:once|(?:1|one|una|uma) ?${TIMES}) ?(?:a|per|a la|por|/)? ?(?:week|semana)`, () => ({ days: 7 })],
];

const TIME = "(?:[01]?\\d|2[0-3]):[0-5]\\d";
const AT = "(?:at|from|a las?|desde las?|a partir das?|a partir de las?|as|das)";
const timesAtEnd = new RegExp(
  `^(.*?),? ?(?:${AT} )?(${TIME}(?: ?h(?:s|rs)?)?(?: ?(?:,|;|and|y|e|&)+ ?(?:and |y |e )?(?:${AT} )?${TIME}(?: ?h(?:s|rs)?)?)*)$`,
);

/** Reads how often a medication is taken; the problem says what would be understood. */
export function frequencyIn(text: string): Reading<Frequency> {
  const written = plain(text);
  if (asNeeded.has(written)) return { value: { kind: "as-needed" } };
  const [, before = written, list] = timesAtEnd.exec(written) ?? [];
  const minutes = list ? minutesIn(list) : [];
  if (new Set(minutes).size < minutes.length) return { problem: "names the same time twice." };
  if (list && before === "") return times(1, minutes);
  const rhythm = rhythmIn(before);
  if (!rhythm) return { problem: UNDERSTOOD };
  if ("hours" in rhythm) return interval(rhythm.hours, minutes);
  if ("days" in rhythm) return times(rhythm.days, list ? minutes : [FIRST_DOSE]);
  const { timesADay } = rhythm;
  if (timesADay < 1 || timesADay > most.timesADay) return outside("times a day", most.timesADay);
  if (list && minutes.length !== timesADay) {
    return {
      problem: `says ${timesADay} a day and names ${minutes.length}: write as many times as there are doses.`,
    };
  }
  return times(1, list ? minutes : spread(timesADay));
}

function rhythmIn(text: string): Rhythm | undefined {
  for (const [pattern, rhythm] of rhythms) {
    const match = new RegExp(`^(?:${pattern})$`).exec(text);
    if (match) return rhythm(numberIn(match.slice(1).find((group) => group !== undefined) ?? ""));
  }
  return undefined;
}

const minutesIn = (list: string): number[] =>
  [...list.matchAll(/(\d+):(\d+)/g)]
    .map(([, hours, minutes]) => Number(hours) * 60 + Number(minutes))
    .sort((a, b) => a - b);

const outside = (what: string, upTo: number) => ({ problem: `takes from 1 to ${upTo} ${what}.` });

function interval(hours: number, minutes: readonly number[]): Reading<Frequency> {
  if (hours < 1 || hours > most.hours) return outside("hours", most.hours);
  if (minutes.length > 1)
    return { problem: "takes one time beside a number of hours: that of the first dose." };
  const [from] = minutes;
  return { value: { kind: "interval", hours, ...(from !== undefined && { from }) } };
}

function times(everyDays: number, minutes: readonly number[]): Reading<Frequency> {
  if (everyDays < 1 || everyDays > most.days) return outside("days", most.days);
  if (minutes.length > most.timesADay) return outside("times a day", most.timesADay);
  return { value: { kind: "times", everyDays, minutes } };
}

/** 3 are 08:00, 14:00 and 20:00; one is the first. */
const spread = (count: number): number[] =>
  Array.from({ length: count }, (_, index) =>
    Math.round(WAKING.from + (index * (WAKING.to - WAKING.from)) / Math.max(count - 1, 1)),
  );
