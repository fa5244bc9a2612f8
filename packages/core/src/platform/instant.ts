import * as z from "zod";

/**
 * A moment in UTC as `YYYY-MM-DDTHH:mm:ss.sssZ`.
 *
 * Always this one form, so that instants compare and sort as text, in memory and in keys.
 */
export type Instant = string;

export const Instant = z.iso
  .datetime({ precision: 3 })
  .meta({ description: "ISO 8601 instant in UTC with milliseconds", example: "2026-12-03T15:00:00.000Z" });

/** What a caller may write for an instant: any precision, any offset. Read it with {@link instantOf}. */
export const InstantInput = z.iso
  .datetime({ offset: true })
  .meta({ description: "ISO 8601 instant", example: "2026-12-03T15:00:00Z" });

/** A calendar day as `YYYY-MM-DD`, in a zone that its context names. */
export type LocalDate = string;

export const LocalDate = z.iso.date().meta({ description: "Calendar day", example: "2026-12-03" });

/** The canonical form of any ISO text, Date or epoch milliseconds. */
export const instantOf = (moment: string | number | Date): Instant => new Date(moment).toISOString();

export const epochMillis = (instant: Instant): number => Date.parse(instant);

/** Whole epoch seconds, as `ttl` has them. A part of a second counts as one, so that nothing goes before its time. */
export const epochSeconds = (instant: Instant): number => Math.ceil(epochMillis(instant) / 1000);

/** The UTC day of an instant. */
export const utcDateOf = (instant: Instant): LocalDate => instant.slice(0, 10);

export interface Span {
  days?: number;
  hours?: number;
  minutes?: number;
  seconds?: number;
}

const millisOf = ({ days = 0, hours = 0, minutes = 0, seconds = 0 }: Span): number =>
  (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;

/** `instant` plus elapsed time; a day is 24 hours here. For calendar days of a zone see zone.ts. */
export const plus = (instant: Instant, span: Span): Instant =>
  instantOf(epochMillis(instant) + millisOf(span));

export const minus = (instant: Instant, span: Span): Instant =>
  instantOf(epochMillis(instant) - millisOf(span));

/** Elapsed minutes from `start` to `end`; negative when `end` comes first. */
export const minutesBetween = (start: Instant, end: Instant): number =>
  (epochMillis(end) - epochMillis(start)) / 60_000;

export const earlier = (a: Instant, b: Instant): Instant => (a < b ? a : b);
