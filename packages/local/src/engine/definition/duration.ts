export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;
export const year = 365 * day;

const units: Record<string, number> = {
  w: 7 * day,
  d: day,
  h: hour,
  m: minute,
  s: second,
  ms: 1,
  us: 1e-3,
  ns: 1e-6,
};
const part = /(\d+(?:\.\d+)?)(ms|us|ns|w|d|h|m|s)/g;
const whole = /^(?:\d+(?:\.\d+)?(?:ms|us|ns|w|d|h|m|s))*$/;
const isoDate = /^\d{4}-\d{2}-\d{2}/;

/** A text that is neither a duration such as `1d2h30m` nor, where one is allowed, an ISO date. */
class DurationRefused extends Error {
  override readonly name = "DurationRefused";
}

/**
 * Milliseconds of a duration such as `1w2d`, `1h30m` or `5s`; the empty text is no time at all.
 *
 * @throws DurationRefused
 */
export function durationMs(text: string): number {
  if (!whole.test(text)) throw new DurationRefused(`"${text}" is not a duration such as 30s, 2h or 7d`);
  return [...text.matchAll(part)].reduce((sum, [, amount, unit]) => sum + Number(amount) * units[unit!]!, 0);
}

/**
 * The moment (epoch milliseconds) that a duration from `now`, or an ISO date, stands for.
 *
 * @throws DurationRefused
 */
export function momentOf(text: string, now: number): number {
  if (!isoDate.test(text)) return now + durationMs(text);
  const moment = Date.parse(text);
  if (Number.isNaN(moment)) throw new DurationRefused(`"${text}" is not a date`);
  return moment;
}
