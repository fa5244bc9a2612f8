import type { Row } from "@turno/core/testing";
import type { Message } from "@turno/local/providers";
import type { Prescription } from "../book.ts";
import { DAY, HOUR } from "../time.ts";
import { dateAfter, momentOf, wallClock } from "../wall.ts";
import { arrivalsOf, type Punctuality, punctualityOf } from "./punctuality.ts";

/** The doses of a course are some hours apart; what comes later than this was of no use. */
const WITHIN = HOUR;

/** Compares the doses of what was prescribed, calculated here by another road, with the reminders of them. */
export function dosesOf(
  prescriptions: readonly Prescription[],
  messages: readonly Message[],
  rows: readonly Row[],
  end: number,
): Punctuality {
  const patients = prescriptions.map(({ visit }) => visit);
  const arrivals = arrivalsOf(messages, rows, { template: "medication_reminder", people: patients });
  const people = [...Map.groupBy(prescriptions, ({ visit }) => visit.phone)].map(([phone, ofPatient]) => ({
    name: ofPatient[0]!.prescriptionId,
    owed: ofPatient.flatMap(owedFor),
    came: arrivals(phone),
  }));
  return punctualityOf(people, { within: WITHIN, end });
}

/** The doses that lay ahead when it was prescribed, until it was ended. */
const owedFor = ({ endedAt = Number.POSITIVE_INFINITY, ...prescription }: Prescription): number[] =>
  courseOf(prescription).filter((at) => at <= endedAt);

function courseOf({ terms, issuedAt, visit: { calendar } }: Omit<Prescription, "endedAt">): number[] {
  const wall = wallClock(calendar.zone);
  const today = wall(issuedAt).date;
  if ("everyHours" in terms) {
    const apart = terms.everyHours * HOUR;
    const named = momentOf(wall, today, terms.from)!;
    const first = named > issuedAt ? named : named + Math.ceil((issuedAt - named + 1) / apart) * apart;
    return Array.from(
      { length: (terms.days * 24) / terms.everyHours },
      (_, number) => first + number * apart,
    );
  }
  const { times, everyDays, days } = terms;
  const after = (date: string, number: number): number[] =>
    times.map((time) => momentOf(wall, dateAfter(date, number), time)!);
  // The day of the first dose is today, unless the last time of today has gone by.
  const first = after(today, 0).some((at) => at > issuedAt) ? today : dateAfter(today);
  const doses = Array.from({ length: days / everyDays + 1 }, (_, round) => after(first, round * everyDays))
    .flat()
    .filter((at) => at > issuedAt);
  const last = doses[0] === undefined ? 0 : daysLater(wall, doses[0], days);
  return doses.filter((at) => at < last);
}

/** The same time of the wall clock, so many days later. */
function daysLater(wall: ReturnType<typeof wallClock>, moment: number, days: number): number {
  const { date, time } = wall(moment);
  return momentOf(wall, dateAfter(date, days), time) ?? moment + days * DAY;
}
