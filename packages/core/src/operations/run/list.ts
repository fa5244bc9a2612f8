import {
  type Actor,
  type Context,
  epochMillis,
  type Instant,
  minus,
  nextDate,
  requireAdmin,
  utcDateOf,
} from "../../platform/index.ts";
import { KEPT, ofDay, ofWorkflow, type Read, type Row } from "./run.store.ts";
import type { RunQuery, RunView } from "./run.ts";
import { stretchOf } from "./stretch.ts";

/** The queries that one call makes at most; a page that it leaves short goes on by its cursor. */
const READS = 20;

interface Place {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Where a list goes on: the day, where it goes by days, and the place within what was being read. */
interface Position {
  readonly day?: string;
  readonly cursor?: string;
}

/**
 * The runs of the actor's clinic, newest first. Throws {@link Forbidden} for whoever is no admin.
 *
 * What a run did for the whole stage is in no clinic's log.
 */
export async function list(
  context: Context,
  actor: Actor,
  query: RunQuery,
  { limit, cursor }: Place,
): Promise<{ items: RunView[]; nextCursor?: string }> {
  const owner = requireAdmin(actor);
  const { from, to } = within(context, stretchOf(context, query));
  const { status, workflow } = query;
  const read = async (position: Position, many: number): Promise<{ rows: Row[]; next?: Position }> => {
    if (from >= to) return { rows: [] };
    const page = { from, to, limit: many, ...(status && { status }), ...cursorOf(position) };
    if (workflow) {
      const found = await ofWorkflow(context, { owner, workflow }, page);
      return { rows: found.rows, ...(found.cursor && { next: { cursor: found.cursor } }) };
    }
    const day = position.day ?? utcDateOf(to);
    const found = await ofDay(context, { owner, day }, page);
    return { rows: found.rows, ...after(day, from, found) };
  };

  const items: RunView[] = [];
  let position: Position | undefined = cursor ? positionIn(cursor) : {};
  for (let reads = 0; position && items.length < limit && reads < READS; reads++) {
    const { rows, next }: { rows: Row[]; next?: Position } = await read(position, limit - items.length);
    items.push(...rows.map(viewOf));
    position = next;
  }
  return { items, ...(position && { nextCursor: textOf(position) }) };
}

const cursorOf = ({ cursor }: Position) => (cursor ? { cursor } : {});

const after = (day: string, from: Instant, { cursor }: Read): { next?: Position } => {
  if (cursor) return { next: { day, cursor } };
  return day > utcDateOf(from) ? { next: { day: nextDate(day, -1) } } : {};
};

/** Nothing is older than the log. */
const within = (context: Context, { from, to }: { from: Instant; to: Instant }) => {
  const oldest = minus(context.now(), KEPT);
  return { from: from > oldest ? from : oldest, to };
};

const textOf = ({ day = "", cursor = "" }: Position): string => `${day}.${cursor}`;

function positionIn(text: string): Position {
  const [day, cursor] = text.split(".", 2);
  return { ...(day && { day }), ...(cursor && { cursor }) };
}

/** A run as its clinic's admin sees it. */
const viewOf = (row: Row): RunView => ({
  runId: row.runId,
  workflow: row.workflow,
  status: row.status,
  startedAt: row.startedAt,
  endedAt: row.endedAt,
  duration: Math.max(0, epochMillis(row.endedAt) - epochMillis(row.startedAt)),
  executionTime: Math.round(row.executionTime ?? 0),
  steps: row.steps ?? 0,
  failedAttempts: row.failedAttempts ?? 0,
  ...(row.errorKind !== undefined && { error: { kind: row.errorKind, message: row.errorMessage ?? "" } }),
  trigger: { event: row.eventName ?? "", id: row.eventId ?? "" },
  ...(row.retryOf && { retryOf: row.retryOf }),
  ...(row.retriedAt && { retriedAt: row.retriedAt }),
  ...(row.retriedAs && { retriedAs: row.retriedAs }),
  ...(row.retryStatus && { retryStatus: row.retryStatus }),
});
