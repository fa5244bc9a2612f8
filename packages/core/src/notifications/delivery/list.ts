import { type Actor, type Context, Forbidden } from "../../platform/index.ts";
import * as Cursor from "./cursor.ts";
import * as Store from "./notification.store.ts";
import type { Notification, NotificationPage, NotificationQuery } from "./notification.ts";
import { ofAll, ofOne, type Reading } from "./reading.ts";

const LIMIT = 50;

/** The queries that one call makes at most; a page that it leaves short goes on by its cursor. */
const READS = 20;

/**
 * The delivery log of the actor's clinic, newest first: of one patient, or of everybody in a stretch of time, which is
 * the last seven days unless the query says otherwise.
 *
 * Throws {@link Forbidden} for whoever is not staff, {@link Invalid} for a cursor of another list and for more than 92
 * days of everybody.
 */
export async function list(
  context: Context,
  actor: Actor,
  query: NotificationQuery,
): Promise<NotificationPage> {
  if (actor.kind !== "staff") throw new Forbidden();
  const { organizationId } = actor;
  const { patientId, status, limit = LIMIT, cursor } = query;
  const read = patientId
    ? ofOne(context, organizationId, patientId, query)
    : ofAll(context, organizationId, query);
  const owner = [organizationId, patientId ?? ""];

  const items: Notification[] = [];
  let position: Cursor.Position | undefined = cursor ? Cursor.read(context, owner, cursor) : {};
  for (let reads = 0; position && items.length < limit && reads < READS; reads++) {
    const { rows, next }: Reading = await read(position, limit - items.length);
    // The index of a patient does not hold the status.
    items.push(...rows.filter((row) => !status || row.status === status).map(shown));
    position = next;
  }
  return { items, ...(position && { nextCursor: Cursor.write(context, owner, position) }) };
}

/** What was sent about one appointment of the actor's clinic, oldest first. Throws {@link Forbidden} for whoever is not staff. */
export async function ofAppointment(
  context: Context,
  actor: Actor,
  appointmentId: string,
): Promise<Notification[]> {
  if (actor.kind !== "staff" && actor.kind !== "system") throw new Forbidden();
  const rows = await Store.ofAppointment(context, appointmentId);
  return rows
    .filter(({ organizationId }) => actor.kind === "system" || actor.organizationId === organizationId)
    .map(shown);
}

const shown = (row: Store.Row): Notification => ({
  notificationId: row.notificationId,
  template: row.template,
  channel: row.channel,
  status: row.status,
  recipient: row.recipient,
  patientId: row.patientId,
  appointmentId: row.appointmentId,
  createdAt: row.createdAt,
  tried: [...row.tried],
  sentAt: row.sentAt,
  deliveredAt: row.deliveredAt,
  providerMessageId: row.providerMessageId,
  reason: row.reason,
});
