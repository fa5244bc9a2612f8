import type { Row } from "@turno/core/testing";
import type { Message } from "@turno/local/providers";
import type { Visit } from "../book.ts";
import { type Finding, iso } from "./finding.ts";

const HOURS = [72, 24, 2];
const HOUR = 3_600_000;
/** How late a reminder may be. */
const LATE_AFTER = 5 * 60_000;

export interface Reminders {
  /** Those that were due, and went out within five minutes. */
  readonly delivered: Finding;
  /** Those that went out later than that. */
  readonly late: readonly string[];
  /** Those that nobody was owed: a second one, or one after the visit had been cancelled or moved. */
  readonly unowed: readonly string[];
  /** In seconds, of the latest. */
  readonly worstDelay: number;
}

/** When a visit's patient is owed a reminder: those times that lay ahead when it was agreed, while it stands. */
const owedTo = ({ start, confirmedAt, endedAt = Number.POSITIVE_INFINITY }: Visit, end: number): number[] =>
  confirmedAt === undefined
    ? []
    : HOURS.map((hours) => start - hours * HOUR).filter(
        (at) => confirmedAt < at && at <= endedAt && at <= end - LATE_AFTER,
      );

/**
 * Which messages are reminders. Of free text, which a provider takes without a name, the log of deliveries has it, under
 * the reference that the message carried.
 */
function remindersAmong(messages: readonly Message[], rows: readonly Row[]): Message[] {
  const logged = new Map(
    rows.filter(({ __edb_e__ }) => __edb_e__ === "notification").map((row) => [`${row.notificationId}`, row]),
  );
  const templateOf = ({ template, callback = "" }: Message): string =>
    template ??
    `${logged.get(/ntf_[0-9A-HJKMNP-TV-Z]{26}/.exec(decodeURIComponent(callback))?.[0] ?? "")?.template}`;
  return messages.filter((message) => templateOf(message).startsWith("appointment_reminder"));
}

/** Compares what was owed by the clock with what reached phones and mailboxes. */
export function remindersOf(
  visits: readonly Visit[],
  messages: readonly Message[],
  rows: readonly Row[],
  end: number,
): Reminders {
  const arrived = messages.filter(({ fate }) => fate.status === "delivered");
  const people = new Map(
    visits.flatMap(({ phone, email }) => [
      [phone, phone],
      [email, phone],
    ]),
  );
  const received = Map.groupBy(remindersAmong(arrived, rows), ({ to }) => people.get(to));
  const missing: string[] = [];
  const late: string[] = [];
  const unowed: string[] = [];
  let checked = 0;
  let worst = 0;
  for (const [phone, ofPatient] of Map.groupBy(visits, (visit) => visit.phone)) {
    const owed = ofPatient.flatMap((visit) => owedTo(visit, end)).sort((a, b) => a - b);
    const came = (received.get(phone) ?? [])
      .map(({ receivedAt }) => Date.parse(receivedAt))
      .sort((a, b) => a - b);
    checked += owed.length;
    for (const at of owed) {
      const index = came.findIndex((time) => time >= at && time < at + 2 * HOUR - LATE_AFTER);
      if (index < 0) {
        missing.push(`${ofPatient[0]!.reservationId}: nothing at ${iso(at)}`);
        continue;
      }
      const delay = came[index]! - at;
      worst = Math.max(worst, delay);
      if (delay > LATE_AFTER)
        late.push(`${ofPatient[0]!.reservationId}: due ${iso(at)}, ${delay / 1000} s late`);
      came.splice(index, 1);
    }
    unowed.push(
      ...came
        .filter((time) => time <= end - LATE_AFTER)
        .map((time) => `${ofPatient.at(-1)!.reservationId}: one that was not owed at ${iso(time)}`),
    );
  }
  return { delivered: { checked, wrong: [...missing, ...late] }, late, unowed, worstDelay: worst / 1000 };
}
