import { createConversions, type EntityItem } from "electrodb";
import {
  Busy,
  type ChannelName,
  type Context,
  commit,
  type Instant,
  isConditionFailure,
  type LocalDate,
  type Write,
} from "../../platform/index.ts";
import { NOBODY, NotificationEntity } from "./notification.entity.ts";
import type { DeliveryStatus } from "./notification.ts";

/** A row of the log as it is stored. */
export interface Row extends Omit<EntityItem<typeof NotificationEntity>, "patientId" | "routes"> {
  readonly patientId?: string;
  readonly routes: ChannelName[];
}

const rowOf = ({ patientId, routes, ...row }: EntityItem<typeof NotificationEntity>): Row => ({
  ...row,
  routes: routes as ChannelName[],
  ...(patientId !== NOBODY && { patientId }),
});

/** The name of a row. */
export type Key = Pick<Row, "under" | "notificationId">;

/** The row as it stands, if there is one. */
export async function find(context: Context, { under, notificationId }: Key): Promise<Row | undefined> {
  const { data } = await NotificationEntity.get({ under, notificationId }).go({
    ...context.table,
    consistent: true,
  });
  return data ? rowOf(data) : undefined;
}

/** A row as it stands after a change, and whether the change was this one. */
export interface Changed {
  readonly row: Row;
  readonly isMine: boolean;
}

/** The row that is there already, else this one, now kept. */
export async function keep(context: Context, row: Row): Promise<Changed> {
  try {
    await NotificationEntity.create({ ...row, patientId: row.patientId ?? NOBODY }).go(context.table);
    return { row, isMine: true };
  } catch (error) {
    if (!isConditionFailure(error)) throw error;
    return asItStands(context, row);
  }
}

async function asItStands(context: Context, key: Key): Promise<Changed> {
  const row = await find(context, key);
  if (!row) throw new Error("The notification is there and cannot be read.");
  return { row, isMine: false };
}

type Change = Partial<
  Pick<
    Row,
    | ("status" | "channel" | "provider" | "to" | "tried" | "failures" | "isOpen" | "begunAt")
    | ("sentAt" | "deliveredAt" | "failedAt" | "providerMessageId" | "reason")
  >
>;

/** Another was faster. */
class Outdated extends Error {}

/** Changes the row as it was read, and tells of it in the same transaction; else says how it stands by now. */
export async function change(
  context: Context,
  before: Row,
  set: Change,
  tell: readonly Write[] = [],
): Promise<Changed> {
  const { under, notificationId, version } = before;
  const row = { ...before, ...set, version: version + 1 };
  const update = NotificationEntity.patch({ under, notificationId })
    .set({ ...set, version: row.version })
    .where((stored, { eq }) => eq(stored.version, version));
  try {
    if (tell.length === 0) await update.go(context.table);
    else
      await commit(context, [{ action: "Update", change: update, refused: () => new Outdated() }, ...tell]);
    return { row, isMine: true };
  } catch (error) {
    if (!(error instanceof Outdated) && !isConditionFailure(error)) throw error;
    return asItStands(context, before);
  }
}

/** One read of a list, newest first; `cursor` continues it. */
export interface Read {
  readonly rows: Row[];
  readonly cursor: string | null;
}

interface Page {
  readonly data: readonly object[];
  readonly cursor: string | null;
}

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
