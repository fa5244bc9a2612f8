import {
  type Context,
  earlier,
  type Instant,
  Invalid,
  instantOf,
  minus,
  nextDate,
  plus,
  utcDateOf,
} from "../../platform/index.ts";
import type { Position } from "./cursor.ts";
import { ofDay, ofPatient, type Row } from "./notification.store.ts";
import type { NotificationQuery } from "./notification.ts";

/** One query's rows, and where the next one goes on; no `next` at the end. */
export interface Reading {
  readonly rows: Row[];
  readonly next?: Position;
}

/** Makes one query of at most `limit` rows, newest first. */
export type Reader = (position: Position, limit: number) => Promise<Reading>;

const DAYS = 7;
const MOST_DAYS = 92;

const FIRST: Instant = "2020-01-01T00:00:00.000Z";

/** Now, and what machines with a faster clock have written. */
const latest = (context: Context, to: string | undefined): Instant => {
  const soon = plus(context.now(), { minutes: 1 });
  return to === undefined ? soon : earlier(instantOf(to), soon);
};

/** Reads what concerns one patient. */
export function ofOne(
  context: Context,
  organizationId: string,
  patientId: string,
  query: NotificationQuery,
): Reader {
  const from = query.from === undefined ? FIRST : instantOf(query.from);
  const to = latest(context, query.to);
  return async ({ cursor }, limit) => {
    if (from >= to) return { rows: [] };
    const read = await ofPatient(context, { organizationId, patientId }, { from, to, limit, cursor });
    return { rows: read.rows, ...(read.cursor && { next: { cursor: read.cursor } }) };
  };
}

/** Reads a clinic's log, day by day. Throws {@link Invalid} when the days are too many. */
export function ofAll(context: Context, organizationId: string, query: NotificationQuery): Reader {
  const { status } = query;
  const to = latest(context, query.to);
  const from =
    query.from === undefined
      ? `${utcDateOf(minus(to, { days: DAYS }))}T00:00:00.000Z`
      : instantOf(query.from);
  if (from < minus(to, { days: MOST_DAYS }))
    throw new Invalid("/from", `must be at most ${MOST_DAYS} days before the end`);
  return async ({ date = utcDateOf(to), cursor }, limit) => {
    if (from >= to) return { rows: [] };
    const read = await ofDay(context, { organizationId, date, status }, { from, to, limit, cursor });
    if (read.cursor) return { rows: read.rows, next: { date, cursor: read.cursor } };
    return { rows: read.rows, ...(date > utcDateOf(from) && { next: { date: nextDate(date, -1) } }) };
  };
}
