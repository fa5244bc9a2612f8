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
import { GeneratedDayEntity } from "./day.entity.ts";

/** The calendar's days from `from`, or today when that has passed, up to its horizon. */
export function horizon(context: Context, practice: Practice, from?: LocalDate): LocalDate[] {
  const now = context.now();
  const today = localDateOf(now, practice.timezone);
  const last = localDateOf(bookingWindow(practice, now).end, practice.timezone);
  return datesBetween(from && from > today ? from : today, last);
}

/** The days up to the calendar's horizon whose slots have not been made yet. */
export async function openDays(context: Context, practice: Practice): Promise<LocalDate[]> {
  const days = horizon(context, practice);
  const { data } = await GeneratedDayEntity.query
    .primary({ profileId: practice.profileId })
    .between({ date: days[0]! }, { date: days.at(-1)! })
    .go({ ...context.table, pages: "all" });
  const made = new Set(data.map(({ date }) => date));
  return days.filter((date) => !made.has(date));
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
