import {
  type Context,
  datesBetween,
  epochSeconds,
  type LocalDate,
  localDateOf,
  nextDate,
  type Practice,
  startOfDay,
} from "../../platform/index.ts";
import { bookingWindow } from "../listing/index.ts";
import * as Slot from "../slot/index.ts";
import { GeneratedDayEntity } from "./day.entity.ts";

/** The calendar's days from today up to its horizon: those that the night makes. */
export function horizon(context: Context, practice: Practice): LocalDate[] {
  const now = context.now();
  const last = localDateOf(bookingWindow(practice, now).end, practice.timezone);
  return datesBetween(localDateOf(now, practice.timezone), last);
}

/** Dates of a calendar, both included; without `to` all that come. */
export interface Dates {
  readonly from: LocalDate;
  readonly to?: LocalDate | undefined;
}

/** Before and after all dates that have slots. */
const FIRST: LocalDate = "0001-01-01";
const LAST: LocalDate = "9999-01-01";

/**
 * The calendar's days, or those on some dates, that are to be in line with its hours, from today on: every one up to its
 * horizon, and what was made or has slots after it, since staff may make the slots of any date, and book them.
 */
export async function days(
  context: Context,
  practice: Practice,
  dates: readonly Dates[] = [{ from: FIRST }],
): Promise<LocalDate[]> {
  const near = horizon(context, practice);
  const isMeant = (date: LocalDate): boolean =>
    dates.some(({ from, to = LAST }) => from <= date && date <= to);
  const last = dates.map(({ to = LAST }) => to).reduce((a, b) => (a > b ? a : b), FIRST);
  const far = await daysWithin(context, practice, { from: nextDate(near.at(-1)!), to: last });
  return [...near, ...far].filter(isMeant);
}

/** The days on these dates that were made or have slots. It reads the slots: no more than making them anew would. */
async function daysWithin(
  context: Context,
  { profileId, timezone }: Practice,
  { from, to }: Required<Dates>,
): Promise<LocalDate[]> {
  if (from > to) return [];
  const span = { start: startOfDay(from, timezone), end: startOfDay(nextDate(to), timezone) };
  const [made, slots] = await Promise.all([
    madeWithin(context, profileId, { from, to }),
    Slot.startingIn(context, profileId, span),
  ]);
  const starts = new Set(slots.map(({ start }) => start));
  const dates = [...starts].map((start) => localDateOf(start, timezone));
  return [...new Set([...made, ...dates])].sort();
}

/** The days on these dates that have been made. */
async function madeWithin(
  context: Context,
  profileId: string,
  { from, to }: Required<Dates>,
): Promise<LocalDate[]> {
  const { data } = await GeneratedDayEntity.query
    .primary({ profileId })
    .between({ date: from }, { date: to })
    .go({ ...context.table, pages: "all" });
  return data.map(({ date }) => date);
}

/** The days up to the calendar's horizon whose slots have not been made yet. */
export async function openDays(context: Context, practice: Practice): Promise<LocalDate[]> {
  const near = horizon(context, practice);
  const made = await madeWithin(context, practice.profileId, { from: near[0]!, to: near.at(-1)! });
  return near.filter((date) => !made.includes(date));
}

/** A day of a calendar. */
export interface CalendarDay {
  readonly profileId: string;
  readonly date: LocalDate;
}

/** Those of these days whose slots have not been made yet, of any calendars: one read for each hundred. */
export async function unmade(context: Context, days: readonly CalendarDay[]): Promise<CalendarDay[]> {
  if (days.length === 0) return [];
  const keys = days.map(({ profileId, date }) => ({ profileId, date }));
  const { data } = await GeneratedDayEntity.get(keys).go(context.table);
  const made = new Set(data.map(keyOf));
  return keys.filter((day) => !made.has(keyOf(day)));
}

const keyOf = ({ profileId, date }: CalendarDay): string => `${profileId} ${date}`;

/** Notes that the slots of a day have been made. May be repeated. */
export async function noteDay(
  context: Context,
  { profileId, timezone }: Practice,
  date: LocalDate,
): Promise<void> {
  const ttl = epochSeconds(startOfDay(nextDate(date, 2), timezone));
  await GeneratedDayEntity.put({ profileId, date, ttl }).go(context.table);
}
