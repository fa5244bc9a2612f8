import { type Interval, type LocalDate, minutesBetween } from "../../platform/index.ts";

/** What became of one day of one calendar, or of all calendars of a clinic together. */
export interface Figures {
  readonly date: LocalDate;
  /** Visits of this day, whatever became of them; those that were moved away are not among them. */
  readonly bookings: number;
  readonly completed: number;
  readonly cancelled: number;
  readonly noShows: number;
  /** Requests that ended on this day without an answer. */
  readonly expired: number;
  /** Minutes that could be booked, and those that were. */
  readonly openMinutes: number;
  readonly bookedMinutes: number;
}

interface Visit extends Interval {
  readonly status: "confirmed" | "completed" | "cancelled" | "no_show" | "rescheduled";
}

interface Day {
  readonly visits: readonly Visit[];
  /** What the calendar offered, booked or not; stretches may overlap, since services share its hours. */
  readonly offered: readonly Interval[];
  readonly expired: number;
}

/** Counts one day anew. */
export function figuresOf(date: LocalDate, { visits, offered, expired }: Day): Figures {
  const count = (status: Visit["status"]) => visits.filter((visit) => visit.status === status).length;
  const held = visits.filter(({ status }) => status !== "cancelled" && status !== "rescheduled");
  return {
    date,
    bookings: visits.length - count("rescheduled"),
    completed: count("completed"),
    cancelled: count("cancelled"),
    noShows: count("no_show"),
    expired,
    openMinutes: covered([...offered, ...held]),
    bookedMinutes: covered(held),
  };
}

/** How many minutes lie in at least one of the stretches. */
function covered(stretches: readonly Interval[]): number {
  let minutes = 0;
  let end = "";
  for (const stretch of [...stretches].sort((a, b) => (a.start < b.start ? -1 : 1))) {
    if (stretch.end <= end) continue;
    minutes += minutesBetween(stretch.start > end ? stretch.start : end, stretch.end);
    end = stretch.end;
  }
  return minutes;
}

/** The part of what could be booked that was: from 0 to 1, and 0 where nothing could. */
export const fillRateOf = ({ openMinutes, bookedMinutes }: Figures): number =>
  openMinutes === 0 ? 0 : bookedMinutes / openMinutes;

/** The same day of several calendars as one. */
export const inTotal = (date: LocalDate, all: readonly Figures[]): Figures => {
  const sum = (field: Exclude<keyof Figures, "date">) => all.reduce((total, one) => total + one[field], 0);
  return {
    date,
    bookings: sum("bookings"),
    completed: sum("completed"),
    cancelled: sum("cancelled"),
    noShows: sum("noShows"),
    expired: sum("expired"),
    openMinutes: sum("openMinutes"),
    bookedMinutes: sum("bookedMinutes"),
  };
};
