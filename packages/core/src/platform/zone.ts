import { Temporal } from "temporal-polyfill";
import * as z from "zod";
import { type Instant, instantOf, type LocalDate } from "./instant.ts";

/** An IANA time zone that this runtime knows. */
export type Zone = string;

/** Asking costs a millisecond, and the same few zones come with every event. */
const known = new Set<string>();

const isZone = (name: string): boolean => {
  if (known.has(name)) return true;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    known.add(name);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
};

export const Zone = z
  .string()
  .max(64)
  .refine(isZone, "must be an IANA time zone, such as America/Mexico_City")
  .meta({ description: "IANA time zone", example: "America/Mexico_City" });

/** A time on the wall clock as `HH:MM`; `24:00` is the end of the day. */
export type WallTime = string;

export const WallTime = z
  .string()
  .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, "must be HH:MM, 24:00 for the end of the day")
  .meta({ description: "Local time of day", example: "09:00" });

export const minutesOfDay = (time: WallTime): number => {
  const [hours, minutes] = time.split(":").map(Number);
  return hours! * 60 + minutes!;
};

/**
 * The instant at which a wall clock in `zone` shows `minutes` after midnight on `date`.
 *
 * A local time that is skipped that day (a clock moved forward) has no instant: `undefined`.
 * One that occurs twice (a clock moved back) is the earlier of the two.
 * Minute 1440 is midnight at the end of the day.
 */
export const instantAt = (date: LocalDate, minutes: number, zone: Zone): Instant | undefined => {
  const wall = Temporal.PlainDate.from(date).toPlainDateTime().add({ minutes });
  const zoned = wall.toZonedDateTime(zone, { disambiguation: "earlier" });
  const exists = zoned.toPlainDateTime().equals(wall);
  return exists ? instantOf(zoned.epochMilliseconds) : undefined;
};

/**
 * The instant that ends a wall-clock window; where the local time is skipped, the moment of the change.
 */
export const windowEndAt = (date: LocalDate, minutes: number, zone: Zone): Instant => {
  const wall = Temporal.PlainDate.from(date).toPlainDateTime().add({ minutes });
  const exact = instantAt(date, minutes, zone);
  if (exact) return exact;
  const before = wall.toZonedDateTime(zone, { disambiguation: "earlier" });
  return instantOf(before.getTimeZoneTransition("next")!.epochMilliseconds);
};

/** The first instant of a calendar day; not midnight where a clock change skips midnight. */
export const startOfDay = (date: LocalDate, zone: Zone): Instant =>
  instantOf(Temporal.PlainDate.from(date).toZonedDateTime(zone).startOfDay().epochMilliseconds);

export const nextDate = (date: LocalDate, days = 1): LocalDate =>
  Temporal.PlainDate.from(date).add({ days }).toString();

/** Every date from `from` to `to`, both included; none when `to` comes first. */
export const datesBetween = (from: LocalDate, to: LocalDate): LocalDate[] => {
  const dates: LocalDate[] = [];
  for (let date = from; date <= to; date = nextDate(date)) dates.push(date);
  return dates;
};

/** 0 Sunday to 6 Saturday. */
export const dayOfWeek = (date: LocalDate): number => Temporal.PlainDate.from(date).dayOfWeek % 7;

const zoned = (instant: Instant, zone: Zone): Temporal.ZonedDateTime =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(zone);

export const localDateOf = (instant: Instant, zone: Zone): LocalDate =>
  zoned(instant, zone).toPlainDate().toString();

/** What a wall clock in `zone` shows, with its offset: `2026-12-03T09:00:00-06:00`. */
export const localStamp = (instant: Instant, zone: Zone): string =>
  zoned(instant, zone).toString({ timeZoneName: "never", fractionalSecondDigits: 0 });
