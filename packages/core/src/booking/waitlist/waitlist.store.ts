import type { EntityItem } from "electrodb";
import {
  type Context,
  epochMillis,
  type Found,
  type Instant,
  idFrom,
  inShards,
  instantOf,
  mark,
  NotFound,
  type Operation,
  refusedOrRepeated,
  repeated,
  shardOf,
  ulidIn,
  unexpected,
  type Write,
} from "../../platform/index.ts";
import { priorityOf } from "./rank.ts";
import { EntryEntity, PlaceEntity } from "./waitlist.entity.ts";
import { AlreadyWaiting, type Entry, type EntryStatus, type Offer, OfferEnded } from "./waitlist.ts";

/** The entry as it stands now. Throws {@link NotFound}. */
export async function get(context: Context, entryId: string): Promise<Entry> {
  const found = await find(context, ulidIn(entryId));
  if (!found) throw new NotFound("entry", entryId);
  return found;
}

export async function find(context: Context, appointmentId: string): Promise<Entry | undefined> {
  const { data } = await EntryEntity.get({ appointmentId }).go({ ...context.table, consistent: true });
  return data ? entryFrom(data) : undefined;
}

const entryFrom = ({ priority, dueAt, shard, ...row }: EntityItem<typeof EntryEntity>): Entry => row;

/** The writes that put somebody on the list, in their one place on it. */
export function insert(entry: Entry, operation: Operation): Write[] {
  const { profileId, serviceId, patientId, appointmentId } = entry;
  const { weekdays, times, seen, offer, ...rest } = entry;
  const row = {
    ...rest,
    ...(weekdays && { weekdays: [...weekdays] }),
    ...(times && { times: [...times] }),
    mark: operation.content,
    priority: priorityOf(entry.urgencyLevel),
    dueAt: entry.until,
    shard: shardOf(appointmentId),
  };
  return [
    { action: "Put", change: EntryEntity.create(row), refused: repeated(operation) },
    {
      action: "Put",
      change: PlaceEntity.create({ profileId, serviceId, patientId, appointmentId }),
      refused: (found) => new AlreadyWaiting(idFrom("entry", String(found?.apt))),
    },
  ];
}

/** The write that gives up the place of whoever waits no longer. */
const freePlace = ({ profileId, serviceId, patientId, appointmentId }: Entry): Write => ({
  action: "Delete",
  change: PlaceEntity.delete({ profileId, serviceId, patientId }).where((stored, { eq }) =>
    eq(stored.appointmentId, appointmentId),
  ),
  refused: unexpected("place"),
});

/** Every member of the indexes, or ElectroDB leaves the row in them. */
const members = ({ appointmentId, profileId, serviceId, urgencyLevel, joinedAt }: Entry) => ({
  profileId,
  serviceId,
  priority: priorityOf(urgencyLevel),
  joinedAt,
  shard: shardOf(appointmentId),
});

const refusedAs =
  (entry: Entry, operation?: Operation) =>
  (found: Found): Error => {
    const entryId = idFrom("entry", entry.appointmentId);
    if (!found) return new NotFound("entry", entryId);
    const refusal = new OfferEnded(entryId, found.status as EntryStatus);
    return operation ? refusedOrRepeated(operation, found.offerMark, refusal) : refusal;
  };

/** The write that offers a time to somebody who waits. */
export const offered = (entry: Entry, offer: Offer): Write => ({
  action: "Update",
  change: EntryEntity.patch({ appointmentId: entry.appointmentId })
    .set({ status: "offered", offer, dueAt: offer.expiresAt })
    .add({ seen: [offer.start] })
    .composite(members(entry))
    .where(({ status }, { eq }) => eq(status, "waiting")),
  refused: refusedAs(entry),
});

interface Ending {
  readonly to: "booked" | "left" | "waiting";
  /** Whether it must still be open, must have ended, or may be either. */
  readonly when: "open" | "over" | "either";
  readonly at: Instant;
  readonly operation?: Operation;
}

/** The writes that end an offer: of all that try, exactly one finds it. */
export function endOffer(entry: Entry, offer: Offer, { to, when, at, operation }: Ending): Write[] {
  const change = EntryEntity.patch({ appointmentId: entry.appointmentId })
    .set({ status: to, dueAt: entry.until, ...(operation && { offerMark: mark(operation) }) })
    .remove(["offer"])
    .composite(members(entry))
    .where(({ status, offer: stored }, { eq, gt, lte }) => {
      const isThis = `${eq(status, "offered")} AND ${eq(stored.start, offer.start)}`;
      if (when === "either") return isThis;
      const { expiresAt } = stored;
      return `${isThis} AND ${when === "open" ? gt(expiresAt, at) : lte(expiresAt, at)}`;
    });
  const ended: Write = { action: "Update", change, refused: refusedAs(entry, operation) };
  return to === "waiting" ? [ended] : [ended, freePlace(entry)];
}

/** The writes that take somebody off the list who is not offered anything now. */
export const endWait = (entry: Entry, to: "left" | "lapsed"): Write[] => [
  {
    action: "Update",
    change: EntryEntity.patch({ appointmentId: entry.appointmentId })
      .set({ status: to, dueAt: entry.until })
      .composite(members(entry))
      .where(({ status }, { eq }) => eq(status, "waiting")),
    refused: refusedAs(entry),
  },
  freePlace(entry),
];

/** All who wait with a doctor, for whatever service: one query, and no more when nobody does. */
export async function allWith(context: Context, profileId: string): Promise<Entry[]> {
  const { data } = await EntryEntity.query
    .line({ profileId })
    .go({ ...context.table, pages: "all", hydrate: true });
  return data.map(entryFrom);
}

/** A page of those who wait with a doctor, service by service, each in the order in which they are asked. */
export async function page(
  context: Context,
  { profileId, serviceId }: { profileId: string; serviceId?: string },
  { limit, cursor }: { limit: number; cursor?: string },
): Promise<{ entries: Entry[]; cursor: string | null }> {
  const { data, cursor: next } = await EntryEntity.query
    .line({ profileId, ...(serviceId && { serviceId }) })
    .go({ ...context.table, limit, cursor: cursor ?? null, hydrate: true });
  return { entries: data.map(entryFrom), cursor: next };
}

/** Those of all clinics whose offer or wish has ended by `now` and is not cleared yet. */
export async function due(context: Context, now: Instant): Promise<Entry[]> {
  const after = instantOf(epochMillis(now) + 1);
  const rows = await inShards((shard) =>
    EntryEntity.query
      .due({ shard })
      .lt({ dueAt: after })
      .go({ ...context.table, pages: "all", hydrate: true }),
  );
  return rows.map(entryFrom);
}
