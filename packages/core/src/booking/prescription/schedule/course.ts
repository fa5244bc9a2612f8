import { Temporal } from "temporal-polyfill";
import {
  type Instant,
  type Interval,
  instantOf,
  type LocalDate,
  localDateOf,
  minutesBetween,
  nextDate,
  plus,
  startOfDay,
  windowEndAt,
  type Zone,
} from "../../../platform/schemas.ts";
import type { Duration } from "./duration.ts";
import { FIRST_DOSE, type Frequency } from "./frequency.ts";

/** What a schedule follows from. */
export interface Terms {
  readonly frequency: Frequency;
  readonly duration: Duration;
  /** The first day, where the patient is. */
  readonly startDate: LocalDate;
  readonly timezone: Zone;
  /** When it was prescribed: on the first day itself, doses are still to come from here on. */
  readonly createdAt: Instant;
}

type Rhythm =
  | { readonly kind: "none" }
  | { readonly kind: "interval"; readonly hours: number }
  | {
      readonly kind: "times";
      readonly everyDays: number;
      readonly minutes: readonly number[];
      /** The day and time of the first dose, as the wall clock shows them, and how many days later it is over. */
      readonly date: LocalDate;
      readonly firstMinute: number;
      readonly days: number;
      readonly zone: Zone;
    };

/** From the first dose to the end: a duration counts from the first dose, so that a week of one a day is seven. */
export interface Course extends Interval {
  readonly rhythm: Rhythm;
}

export function courseOf(terms: Terms): Course {
  const { frequency, startDate, timezone: zone, createdAt } = terms;
  const startsToday = startDate === localDateOf(createdAt, zone);
  const days = daysOf(terms);
  switch (frequency.kind) {
    case "as-needed":
      return {
        start: startOfDay(startDate, zone),
        end: startOfDay(nextDate(startDate, days), zone),
        rhythm: { kind: "none" },
      };
    case "interval": {
      const { hours } = frequency;
      const start = firstOfInterval(frequency, terms, startsToday);
      return { start, end: plus(start, { days }), rhythm: { kind: "interval", hours } };
    }
    case "times": {
      const { minutes, everyDays } = frequency;
      const toCome = minutes.find(
        (minute) => !startsToday || windowEndAt(startDate, minute, zone) >= createdAt,
      );
      const date = toCome === undefined ? nextDate(startDate) : startDate;
      const firstMinute = toCome ?? minutes[0]!;
      return {
        start: windowEndAt(date, firstMinute, zone),
        end: windowEndAt(nextDate(date, days), firstMinute, zone),
        rhythm: { kind: "times", everyDays, minutes, date, firstMinute, days, zone },
      };
    }
  }
}

function daysOf({ duration, startDate }: Terms): number {
  if ("days" in duration) return duration.days;
  const first = Temporal.PlainDate.from(startDate);
  return first.until(first.add(duration)).days;
}

/** 08:00 on the first day, on the day itself the next full hour, unless the time is given. */
function firstOfInterval(
  { hours, from }: Frequency & { kind: "interval" },
  { startDate, timezone: zone, createdAt }: Terms,
  startsToday: boolean,
): Instant {
  if (from === undefined && startsToday) return nextFullHour(createdAt, zone);
  const first = windowEndAt(startDate, from ?? FIRST_DOSE, zone);
  if (!startsToday || first >= createdAt) return first;
  const passed = Math.ceil(minutesBetween(first, createdAt) / (hours * 60));
  return plus(first, { hours: hours * passed });
}

const nextFullHour = (instant: Instant, zone: Zone): Instant =>
  instantOf(
    Temporal.Instant.from(instant)
      .toZonedDateTimeISO(zone)
      .round({ smallestUnit: "hour", roundingMode: "floor" })
      .add({ hours: 1 }).epochMilliseconds,
  );

/** The doses at or after `from`, at most `limit`, in their order. */
export function dosesFrom(course: Course, from: Instant, limit: number): Instant[] {
  switch (course.rhythm.kind) {
    case "none":
      return [];
    case "interval":
      return byInterval(course, course.rhythm.hours, from, limit);
    case "times":
      return byTimes(course.rhythm, from, limit);
  }
}

function byInterval({ start, end }: Course, hours: number, from: Instant, limit: number): Instant[] {
  const passed = Math.max(0, Math.ceil(minutesBetween(start, from) / (hours * 60)));
  const doses: Instant[] = [];
  for (let number = passed; doses.length < limit; number++) {
    const dose = plus(start, { hours: hours * number });
    if (dose >= end) break;
    doses.push(dose);
  }
  return doses;
}

/**
 * A time that is skipped by a clock change is at the change, together with what else falls there; one that occurs twice
 * is at the first.
 */
function byTimes(
  { everyDays, minutes, date, firstMinute, days, zone }: Rhythm & { kind: "times" },
  from: Instant,
  limit: number,
): Instant[] {
  const until = Temporal.PlainDate.from(date).until(localDateOf(from, zone)).days;
  const doses: Instant[] = [];
  // From the day before, whose last time may have been put off past midnight.
  for (let round = Math.max(0, Math.floor(until / everyDays) - 1); round * everyDays <= days; round++) {
    const day = nextDate(date, round * everyDays);
    for (const minute of minutes) {
      if (round === 0 && minute < firstMinute) continue;
      if (round * everyDays === days && minute >= firstMinute) return doses;
      const dose = windowEndAt(day, minute, zone);
      if (dose < from || dose === doses.at(-1)) continue;
      doses.push(dose);
      if (doses.length === limit) return doses;
    }
  }
  return doses;
}
