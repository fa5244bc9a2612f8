import { NUMBER, numberIn, plain, type Reading } from "./words.ts";

/** How long a medication is taken, by the calendar. */
export type Duration = { readonly days: number } | { readonly months: number };

/** The longest, and what `ongoing` stands for: after a year a prescription is looked at again. */
const YEAR: Duration = { months: 12 };
const most = { days: 365, weeks: 52, months: 12, years: 1 };

const UNDERSTOOD =
  'is not understood. Write, in English, Spanish or Portuguese: "7 days", "2 weeks", "1 month", or "ongoing", which ' +
  "is a year.";

const ongoing: ReadonlySet<string> = new Set([
  ...["ongoing", "continuous", "indefinitely", "long term"],
  ...["continuo", "uso continuo", "indefinido", "indefinidamente", "permanente"],
]);

const units: readonly (readonly [keyof typeof most, string])[] = [
  ["days", "d|days?|dias?"],
  ["weeks", "weeks?|semanas?"],
  ["months", "months?|mes(?:es)?"],
  ["years", "years?|anos?"],
];

/** Reads how long a medication is taken; the problem says what would be understood. */
export function durationIn(text: string): Reading<Duration> {
  const written = plain(text);
  if (ongoing.has(written)) return { value: YEAR };
  for (const [unit, names] of units) {
    const match = new RegExp(`^(?:(?:for|durante|por) )?${NUMBER} ?(?:${names})$`).exec(written);
    if (!match) continue;
    const count = numberIn(match[1]!);
    if (count < 1 || count > most[unit]) {
      return { problem: 'is at least a day and at most a year; what goes on is "ongoing".' };
    }
    return { value: lengthOf(unit, count) };
  }
  return { problem: UNDERSTOOD };
}

function lengthOf(unit: keyof typeof most, count: number): Duration {
  switch (unit) {
    case "days":
      return { days: count };
    case "weeks":
      return { days: 7 * count };
    case "months":
      return { months: count };
    case "years":
      return YEAR;
  }
}
