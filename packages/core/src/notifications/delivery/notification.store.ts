import { createConversions, type EntityItem } from "electrodb";
import { Busy, type Context, type Instant, type LocalDate } from "../../platform/index.ts";
import { NOBODY, NotificationEntity } from "./notification.entity.ts";
import type { DeliveryStatus } from "./notification.ts";

/** A row of the log as it is stored. */
export interface Row extends Omit<EntityItem<typeof NotificationEntity>, "patientId"> {
  readonly patientId?: string;
}

const rowOf = ({ patientId, ...row }: EntityItem<typeof NotificationEntity>): Row => ({
  ...row,
  ...(patientId !== NOBODY && { patientId }),
});

/** The row as it stands: the one that is there already, else this one, now kept. */
export async function keep(context: Context, row: Row): Promise<Row> {
  try {
    await NotificationEntity.create({ ...row, patientId: row.patientId ?? NOBODY }).go(context.table);
    return row;
  } catch (error) {
    if (!isConditionFailure(error)) throw error;
  }
  const { under, notificationId } = row;
  const { data } = await NotificationEntity.get({ under, notificationId }).go({
    ...context.table,
    consistent: true,
  });
  if (!data) throw new Error("The notification is there and cannot be read.");
  return rowOf(data);
}

type Settled =
  | { readonly status: "SENT"; readonly sentAt: Instant; readonly providerMessageId: string }
  | { readonly status: "FAILED"; readonly failedAt: Instant; readonly reason: NonNullable<Row["reason"]> };

/**
 * Marks how a pending message ended.
 *
 * One that another run has settled meanwhile stays so: with one key the provider gave both the same answer.
 */
export async function settle(
  context: Context,
  { under, notificationId }: Row,
  settled: Settled,
): Promise<void> {
  try {
    await NotificationEntity.patch({ under, notificationId })
      .set(settled)
      .where(({ status }, { eq }) => eq(status, "PENDING"))
      .go(context.table);
  } catch (error) {
    if (!isConditionFailure(error)) throw error;
  }
}

const isConditionFailure = (error: unknown): boolean =>
  error instanceof Error &&
  error.cause instanceof Error &&
  error.cause.name === "ConditionalCheckFailedException";

/** One read of a list, newest first; `cursor` continues it. */
export interface Read {
  readonly rows: Row[];
  readonly cursor: string | null;
}

interface Page {
  readonly data: readonly object[];
  readonly cursor: string | null;
}

type Key = Pick<Row, "under" | "notificationId">;

const conversions = createConversions(NotificationEntity);

/**
 * The whole rows that an index named, in its order. Throws {@link Busy} rather than leave one out.
 *
 * ElectroDB's `hydrate` keeps neither order nor count when the table is given with the call.
 */
async function wholeRows(context: Context, { data, cursor }: Page): Promise<Read> {
  if (data.length === 0) return { rows: [], cursor };
  const keys = data.map((row) => conversions.byAccessPattern.primary.fromKeys.toComposite<Key>({ ...row }));
  const found = await NotificationEntity.get(keys).go({ ...context.table });
  const rows = new Map(found.data.map((row) => [row.notificationId.toLowerCase(), rowOf(row)]));
  const inOrder = keys.map(({ notificationId }) => rows.get(notificationId.toLowerCase()));
  if (!inOrder.every((row) => row !== undefined)) throw new Busy();
  return { rows: inOrder, cursor };
}

interface Stretch {
  readonly from: Instant;
  /** Not included. */
  readonly to: Instant;
  readonly limit: number;
  readonly cursor: string | undefined;
}

/** What a clinic sent on one UTC day. */
export async function ofDay(
  context: Context,
  { organizationId, date, status }: { organizationId: string; date: LocalDate; status?: DeliveryStatus },
  { from, to, limit, cursor }: Stretch,
): Promise<Read> {
  const page = await NotificationEntity.query
    .log({ organizationId, date })
    .between({ createdAt: from }, { createdAt: to })
    .where((stored, { eq }) => (status ? eq(stored.status, status) : ""))
    .go({ ...context.table, order: "desc", limit, cursor: cursor ?? null, data: "includeKeys" });
  return wholeRows(context, page);
}

/** What was sent about one patient. */
export async function ofPatient(
  context: Context,
  { organizationId, patientId }: { organizationId: string; patientId: string },
  { from, to, limit, cursor }: Stretch,
): Promise<Read> {
  const page = await NotificationEntity.query
    .timeline({ organizationId, patientId })
    .between({ createdAt: from }, { createdAt: to })
    .go({ ...context.table, order: "desc", limit, cursor: cursor ?? null, data: "includeKeys" });
  return wholeRows(context, page);
}

/** What was sent about one appointment, oldest first. */
export async function ofAppointment(context: Context, appointmentId: string): Promise<Row[]> {
  const { data } = await NotificationEntity.query
    .primary({ under: appointmentId })
    .go({ ...context.table, pages: "all" });
  return data.map(rowOf).sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
}
