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

/** A time of a service that may be offered. */
export interface Time {
  readonly serviceId: string;
  readonly start: Instant;
}

/** Somebody who is asked, and which of the times they would be asked for. */
export interface Asked<Offered extends Time> {
  readonly entry: Entry;
  readonly times: readonly Offered[];
}

/**
 * Who is asked for one of these times, first to last: by urgency, then by who has waited longest, whatever the service.
 * Each with the times of their service that they wish for, in the order in which they are given.
 *
 * Nobody who wishes for none of them or was asked for each before, or who is being asked for another time.
 */
export const rank = <Offered extends Time>(
  entries: readonly Entry[],
  { times, zone }: { times: readonly Offered[]; zone: Zone },
  now: Instant,
): Asked<Offered>[] =>
  entries
    .filter((entry) => statusAt(entry, now) === "waiting")
    .map((entry) => ({ entry, times: times.filter((time) => isFor(entry, time, zone)) }))
    .filter((asked) => asked.times.length > 0)
    .sort((a, b) => (placeOf(a.entry) < placeOf(b.entry) ? -1 : 1));

const isFor = (entry: Entry, { serviceId, start }: Time, zone: Zone): boolean =>
  entry.serviceId === serviceId && !entry.seen?.includes(start) && wishesFor(entry, start, zone);

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
