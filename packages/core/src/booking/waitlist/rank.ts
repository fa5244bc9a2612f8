import type { Urgency } from "../../platform/events/index.ts";
import {
  dayOfWeek,
  earlier,
  type Instant,
  localDateOf,
  localStamp,
  minus,
  minutesBetween,
  type Practice,
  plus,
  type Zone,
} from "../../platform/index.ts";
import { type Entry, statusAt } from "./waitlist.ts";

/** The more it presses the sooner it comes; also how a list is kept in order. */
export const priorityOf = (urgency: Urgency): string => PRIORITIES[urgency];

const PRIORITIES: Readonly<Record<Urgency, string>> = { urgent: "0", high: "1", normal: "2", low: "3" };

const wallTime = (instant: Instant, zone: Zone): string => localStamp(instant, zone).slice(11, 16);

/** Whether somebody wishes for a visit that begins at `start`, by the wall clock of `zone`. */
export function wishesFor(
  { from, to, weekdays, times }: Pick<Entry, "from" | "to" | "weekdays" | "times">,
  start: Instant,
  zone: Zone,
): boolean {
  const date = localDateOf(start, zone);
  if (date < from || date > to) return false;
  if (weekdays && !weekdays.includes(dayOfWeek(date))) return false;
  const time = wallTime(start, zone);
  return !times || times.some(({ startTime, endTime }) => startTime <= time && time < endTime);
}

/**
 * Who is asked for a time that begins at `start`, first to last: by urgency, then by who has waited longest.
 *
 * Nobody who does not wish for it, who is being asked for another time, or who was asked for this one before.
 */
export const rank = (
  entries: readonly Entry[],
  { start, zone }: { start: Instant; zone: Zone },
  now: Instant,
): Entry[] =>
  entries
    .filter((entry) => statusAt(entry, now) === "waiting")
    .filter((entry) => !entry.seen?.includes(start) && wishesFor(entry, start, zone))
    .sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));

const placeOf = ({ urgencyLevel, joinedAt, appointmentId }: Entry): string =>
  `${priorityOf(urgencyLevel)} ${joinedAt} ${appointmentId}`;

/** An offer of less time is none: a person has to see it first. */
const LEAST_MINUTES = 10;

/**
 * Until when a time may be offered to somebody who can read of it at `from`: for the clinic's minutes, at most until
 * the notice that a visit needs. `undefined` when that leaves too little time.
 */
export function offeredUntil(
  { policy: { offerMinutes }, noticeMinutes }: Practice,
  start: Instant,
  from: Instant,
): Instant | undefined {
  const until = earlier(plus(from, { minutes: offerMinutes }), minus(start, { minutes: noticeMinutes }));
  const least = Math.min(LEAST_MINUTES, offerMinutes);
  return minutesBetween(from, until) >= least ? until : undefined;
}
