import { Request } from "@turno/core/booking";
import { nextDate, type Practice, shardOf, ulidIn } from "@turno/core/platform";
import { Generation } from "@turno/core/scheduling";
import {
  aPractice,
  ask,
  doctorOf,
  known,
  offer,
  once,
  openDaily,
  type TestContext,
} from "@turno/core/testing";
import { kindOf, type Row, rowsOf } from "./rows.ts";

/** The hour that is copied: 09:00 in Mexico City, and the day before, on which it was booked. */
const DATE = "2026-03-03";
const DAY_BEFORE = "2026-03-02";
const HOUR = `${DATE}T15`;
const MINUTES = ["00", "10", "20", "30", "40"] as const;

/** So many bookings are in an hour. */
export const IN_HOUR = MINUTES.length;

/** The rows of a booking, without what is told and logged of it. */
const KINDS = ["slot", "hour", "request", "resv"];

/** An hour of a calendar whose rows can be written again as another hour. */
export interface Pattern {
  /** The rows of the hour that begins at `hour` (`YYYY-MM-DDTHH`, UTC) in the calendar of `profileId`. */
  copy(profileId: string, hour: string): Row[];
}

/**
 * Books an hour through the verbs, five visits of ten minutes of which the last `pending` are not decided, and takes
 * the rows as they were written. A copy differs in its ids and times alone; its time to live stays.
 */
export async function patternOf(context: TestContext, clinic: Practice, pending: number): Promise<Pattern> {
  const practice = { ...aPractice(context), organizationId: clinic.organizationId };
  const service = await offer(context, practice, { duration: 10 });
  await openDaily(context, practice);
  await Generation.generate(context, practice, { from: DATE, to: DATE });
  const people: string[] = [];
  for (const [index, minute] of MINUTES.entries()) {
    const { requestId, patientId } = await ask(context, practice, service, `${HOUR}:${minute}:00.000Z`, {
      wish: { patientName: `Paciente Número ${index}` },
    });
    people.push(ulidIn(requestId), ulidIn(patientId));
    if (index >= MINUTES.length - pending) continue;
    await Request.approve(context, doctorOf(practice), known(practice), {
      requestId,
      operation: once(context),
    });
  }
  const rows = (await rowsOf(context)).filter((row) => KINDS.includes(kindOf(row)) && isOf(row, practice));
  return patternIn(context, JSON.stringify(rows), practice.profileId, people);
}

/** Of the hour that was booked, not of the rest of its day. */
const isOf = (row: Row, { profileId }: Practice): boolean =>
  row.prf?.S === profileId &&
  JSON.stringify(row).includes(kindOf(row) === "hour" ? HOUR.toLowerCase() : `${HOUR}:`);

/** Keys hold ids and times in lower case. */
const inBothCases = (text: string): string[] => [text, text.toLowerCase()];

function patternIn(context: TestContext, text: string, profileId: string, ulids: string[]): Pattern {
  const dates = [HOUR, DATE, DAY_BEFORE];
  const parts = [...dates, ulidIn(profileId), ...ulids].flatMap(inBothCases);
  const anyPart = new RegExp(parts.join("|"), "g");
  /** A new id in the same shard, since rows name the shard of theirs. */
  const fellow = (ulid: string): string => {
    for (;;) {
      const other = context.newUlid();
      if (shardOf(other) === shardOf(ulid)) return other;
    }
  };
  return {
    copy(calendar, hour) {
      const date = hour.slice(0, 10);
      const others = [hour, date, nextDate(date, -1), ulidIn(calendar), ...ulids.map(fellow)];
      const other = new Map(others.flatMap(inBothCases).map((value, index) => [parts[index]!, value]));
      return JSON.parse(text.replace(anyPart, (part) => other.get(part)!));
    },
  };
}
