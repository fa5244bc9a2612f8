import type { Row } from "@turno/core/testing";
import type { Message } from "@turno/local/providers";
import type { Visit } from "../book.ts";
import { HOUR } from "../time.ts";
import { arrivalsOf, LATE_AFTER, type Punctuality, punctualityOf } from "./punctuality.ts";

const HOURS = [72, 24, 2];

/** When a visit's patient is owed a reminder: those times that lay ahead when it was agreed, while it stands. */
const owedTo = ({ start, confirmedAt, endedAt = Number.POSITIVE_INFINITY }: Visit): number[] =>
  confirmedAt === undefined
    ? []
    : HOURS.map((hours) => start - hours * HOUR).filter((at) => confirmedAt < at && at <= endedAt);

/** Compares the reminders that were owed by the clock with those that reached phones and mailboxes. */
export function remindersOf(
  visits: readonly Visit[],
  messages: readonly Message[],
  rows: readonly Row[],
  end: number,
): Punctuality {
  const arrivals = arrivalsOf(messages, rows, { template: "appointment_reminder", people: visits });
  const people = [...Map.groupBy(visits, ({ phone }) => phone)].map(([phone, ofPatient]) => ({
    name: `${ofPatient.at(-1)!.reservationId}`,
    owed: ofPatient.flatMap(owedTo),
    came: arrivals(phone),
  }));
  return punctualityOf(people, { within: 2 * HOUR - LATE_AFTER, end });
}
