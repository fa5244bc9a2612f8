import { createConversions, type EntityItem } from "electrodb";
import {
  Busy,
  type Context,
  epochSeconds,
  fromBase32,
  type Instant,
  instantOf,
  isConditionFailure,
  type LocalDate,
  mark,
  type Operation,
  patiently,
  plus,
  refusedOrRepeated,
  utcDateOf,
  type Write,
} from "../../platform/index.ts";
import { unwrapped } from "./retry-event.ts";
import { RunEntity } from "./run.entity.ts";
import type { Ended, RunStatus, Trigger } from "./run.ts";

/** What no clinic owns: jobs that visit all of them. */
export const STAGE = "stage";

type Stored = EntityItem<typeof RunEntity>;

/** What a run has when it has ended. */
type End = "owner" | "workflow" | "status" | "day" | "startedAt" | "endedAt";

/** A run that has ended, as it is kept. */
export type Row = Omit<Stored, End | "triggers"> &
  Required<Pick<Stored, End>> & { readonly triggers?: readonly Trigger[] };

const isEnded = (row: Stored | null): boolean => row?.status !== undefined;

/** How long the log goes back. */
export const KEPT = { days: 90 };

/** The time inside a run's id: when it began. */
const beginningOf = (runId: string): Instant => instantOf(fromBase32(runId.slice(0, 10)));

/** Adds what a step took to its run: one write unit, since the row stands in no index before its end. */
export async function took(
  context: Context,
  runId: string,
  { milliseconds, failed }: { milliseconds: number; failed: boolean },
): Promise<void> {
  await RunEntity.update({ runId })
    .add({ executionTime: milliseconds, steps: 1, failedAttempts: failed ? 1 : 0 })
    .set({ ttl: epochSeconds(plus(context.now(), KEPT)) })
    .go(context.table);
}

/** Whether a status may take the place of another: the service calls a failed run both finished and failed. */
const overrides = (status: RunStatus): boolean => status !== "completed";

/**
 * Keeps how a run ended, once: what is told again changes nothing. Returns the status that stands.
 *
 * A run that did not complete keeps what it began with.
 */
export async function keep(context: Context, owner: string, ended: Ended): Promise<RunStatus> {
  const { runId, workflow, status, endedAt, error, triggers } = ended;
  const [first] = triggers.map(unwrapped);
  const isOpen = status === "failed" && first !== undefined;
  const write = RunEntity.update({ runId })
    .set({
      ...{ owner, workflow, status, endedAt, isOpen },
      day: utcDateOf(endedAt),
      startedAt: beginningOf(runId),
      ttl: epochSeconds(plus(endedAt, KEPT)),
      ...(error && { errorKind: error.kind, errorMessage: error.message }),
      ...(first && { eventName: first.name, eventId: first.id }),
      ...(first?.retryOf && { retryOf: first.retryOf }),
      ...(status !== "completed" && first && { triggers }),
    })
    .where((stored, { eq, notExists }) =>
      overrides(status)
        ? `${notExists(stored.status)} OR ${eq(stored.status, "completed")}`
        : notExists(stored.status),
    );
  try {
    await patiently(context, () => write.go(context.table));
    return status;
  } catch (failure) {
    if (!isConditionFailure(failure)) throw failure;
  }
  return (await find(context, runId))?.status ?? status;
}

/**
 * Notes on a failed run how the run that repeated it ended, which takes its place among those that are open. One that is
 * not in the log any more is let be.
 */
export async function noteRetry(
  context: Context,
  runId: string,
  { retriedAs, retryStatus }: { retriedAs: string; retryStatus: RunStatus },
): Promise<void> {
  const row = await find(context, runId);
  if (!row) return;
  const { owner, day, workflow, endedAt } = row;
  try {
    await RunEntity.patch({ runId })
      .set({ isOpen: false, retriedAs, retryStatus })
      .composite({ owner, day, workflow, endedAt })
      .go(context.table);
  } catch (error) {
    if (!isConditionFailure(error)) throw error;
  }
}

/** The run with this id, once it has ended. */
export async function find(context: Context, runId: string): Promise<Row | undefined> {
  const { data } = await RunEntity.get({ runId }).go({ ...context.table, consistent: true });
  return isEnded(data) ? (data as Row) : undefined;
}

/** After so long without a run a retry got lost on its way, and may be asked for again. */
const LOST = { hours: 1 };

/** Whether a failed run waits for nothing, so that it may be begun anew. */
export const isRetriable = (row: Row, now: Instant): boolean =>
  row.retriedAt === undefined || (row.retriedAs === undefined && plus(row.retriedAt, LOST) <= now);

interface Beginning {
  readonly at: Instant;
  readonly operation: Operation;
  readonly refusal: Error;
}

/** The write that notes that a run is begun anew: of all who try at once, one does. */
export function retried(row: Row, { at, operation, refusal }: Beginning): Write {
  const { runId, retriedAt } = row;
  return {
    action: "Update",
    change: RunEntity.patch({ runId })
      .set({ retriedAt: at, retryMark: mark(operation), retries: (row.retries ?? 0) + 1 })
      .where((stored, { eq, notExists }) =>
        retriedAt === undefined ? notExists(stored.retriedAt) : eq(stored.retriedAt, retriedAt),
      ),
    refused: (found) => refusedOrRepeated(operation, found?.rm, refusal),
  };
}

interface Stretch {
  readonly from: Instant;
  /** Not included. */
  readonly to: Instant;
}

interface Page extends Stretch {
  readonly status?: RunStatus;
  readonly limit: number;
  readonly cursor?: string;
}

/** One read of a list, newest first; `cursor` continues it. */
export interface Read {
  readonly rows: Row[];
  readonly cursor: string | null;
}

/** A clinic's runs of one UTC day. */
export async function ofDay(
  context: Context,
  { owner, day }: { owner: string; day: LocalDate },
  { from, to, status, limit, cursor }: Page,
): Promise<Read> {
  const page = await RunEntity.query
    .byDay({ owner, day })
    .between({ endedAt: from }, { endedAt: to })
    .where((stored, { eq }) => (status ? eq(stored.status, status) : ""))
    .go({ ...context.table, order: "desc", limit, cursor: cursor ?? null, data: "includeKeys" });
  return wholeRows(context, page);
}

/** A clinic's runs of one workflow. */
export async function ofWorkflow(
  context: Context,
  { owner, workflow }: { owner: string; workflow: string },
  { from, to, status, limit, cursor }: Page,
): Promise<Read> {
  const page = await RunEntity.query
    .byWorkflow({ owner, workflow })
    .between({ endedAt: from }, { endedAt: to })
    .where((stored, { eq }) => (status ? eq(stored.status, status) : ""))
    .go({ ...context.table, order: "desc", limit, cursor: cursor ?? null, data: "includeKeys" });
  return wholeRows(context, page);
}

/** A clinic's failed runs of which no repetition has ended, oldest first. */
export async function open(context: Context, owner: string, { from, to }: Stretch): Promise<Row[]> {
  const page = await RunEntity.query
    .open({ owner })
    .between({ endedAt: from }, { endedAt: to })
    .go({ ...context.table, pages: "all", data: "includeKeys" });
  return (await wholeRows(context, page)).rows;
}

/** What adds up: a run without what only its own line shows. */
export type Sum = Pick<Row, "workflow" | "status" | "endedAt"> &
  Partial<Pick<Row, "executionTime" | "errorKind">>;

/** All runs of a clinic on one UTC day, from the index alone. */
export async function sumsOf(context: Context, owner: string, day: LocalDate): Promise<Sum[]> {
  const { data } = await RunEntity.query.byDay({ owner, day }).go({
    ...context.table,
    pages: "all",
    attributes: ["workflow", "status", "endedAt", "executionTime", "errorKind"],
  });
  return data as Sum[];
}

/** When a workflow last completed for this owner. */
export async function lastCompleted(
  context: Context,
  owner: string,
  workflow: string,
): Promise<Instant | undefined> {
  const { data } = await RunEntity.query
    .byWorkflow({ owner, workflow })
    .where(({ status }, { eq }) => eq(status, "completed"))
    .go({ ...context.table, order: "desc", limit: 20, attributes: ["endedAt", "status"] });
  return data[0]?.endedAt;
}

const conversions = createConversions(RunEntity);

interface Listed {
  readonly data: readonly object[];
  readonly cursor: string | null;
}

/** The whole rows that an index named, in its order. Throws {@link Busy} rather than leave one out. */
async function wholeRows(context: Context, { data, cursor }: Listed): Promise<Read> {
  if (data.length === 0) return { rows: [], cursor };
  const keys = data.map((row) =>
    conversions.byAccessPattern.primary.fromKeys.toComposite<{ runId: string }>({ ...row }),
  );
  const found = await RunEntity.get(keys).go({ ...context.table });
  const rows = new Map(found.data.filter(isEnded).map((row) => [row.runId.toLowerCase(), row as Row]));
  const inOrder = keys.map(({ runId }) => rows.get(runId.toLowerCase()));
  if (!inOrder.every((row) => row !== undefined)) throw new Busy();
  return { rows: inOrder, cursor };
}
