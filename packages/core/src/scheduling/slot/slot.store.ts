import type { EntityItem } from "electrodb";
import {
  type Context,
  epochSeconds,
  type Found,
  type Instant,
  type Interval,
  isConditionFailure,
  NotFound,
  patiently,
  plus,
  type Write,
} from "../../platform/index.ts";
import { SlotEntity } from "./slot.entity.ts";
import { type Hold, isClosed, type Slot, SlotBlocked, type SlotKey, SlotTaken, slotIdOf } from "./slot.ts";

type Row = EntityItem<typeof SlotEntity>;

const holdText = ({ owner, expiresAt }: Hold): string => `${owner}|${expiresAt}`;

const slotFrom = ({ holds, blocked, retired, ttl, ...row }: Row): Slot => ({
  ...row,
  blocked: blocked ?? false,
  retired: retired ?? false,
  holds: [...(holds ?? [])].map((text) => {
    const [owner, expiresAt] = text.split("|");
    return { owner: owner!, expiresAt: expiresAt! };
  }),
});

/** The slot in a row that a failed condition returned. */
export const slotIn = (found: Found): Slot | undefined => {
  if (!found) return undefined;
  const { data } = SlotEntity.parse({ Item: found });
  return data ? slotFrom(data) : undefined;
};

/** The slots of a calendar that start in the interval, by start. */
export async function startingIn(
  context: Context,
  profileId: string,
  { start, end }: Interval,
): Promise<Slot[]> {
  const { data } = await SlotEntity.query
    .primary({ profileId })
    .between({ start }, { start: end })
    .go({ ...context.table, pages: "all" });
  return data.map(slotFrom);
}

/** The slot as it stands at this moment. Throws {@link NotFound}. */
export async function get(context: Context, key: SlotKey): Promise<Slot> {
  const { data } = await SlotEntity.get(key).go({ ...context.table, consistent: true });
  if (!data) throw new NotFound("slot", slotIdOf(key));
  return slotFrom(data);
}

export type NewSlot = Pick<Slot, "profileId" | "organizationId" | "serviceId" | "start" | "end" | "capacity">;

const KEPT = { days: 90 };

const rowOf = (slot: NewSlot) => ({
  ...slot,
  taken: 0,
  ttl: epochSeconds(plus(slot.end, KEPT)),
});

/** Makes a slot. Returns false when it is there already, booked or not. */
export function create(context: Context, slot: NewSlot): Promise<boolean> {
  return unlessRefused(context, () =>
    SlotEntity.create(rowOf(slot)).go({ ...context.table, response: "none" }),
  );
}

/** Gives a free slot other length or capacity. Returns false when somebody has a seat in it, or it is blocked. */
export function reshape(context: Context, slot: NewSlot): Promise<boolean> {
  const { profileId, start, serviceId, end, capacity } = slot;
  return unlessRefused(context, () =>
    SlotEntity.patch({ profileId, start, serviceId })
      .set({ end, capacity })
      .where(({ taken, blocked }, { eq, notExists }) => `${eq(taken, 0)} AND ${notExists(blocked)}`)
      .go(context.table),
  );
}

/** Takes away a free slot. Returns false when somebody has a seat in it, or it is blocked. */
export function remove(context: Context, { profileId, start, serviceId }: SlotKey): Promise<boolean> {
  return unlessRefused(context, () =>
    SlotEntity.remove({ profileId, start, serviceId })
      .where(({ taken, blocked }, { eq, notExists }) => `${eq(taken, 0)} AND ${notExists(blocked)}`)
      .go(context.table),
  );
}

/** Lets nobody new into a slot that is taken, or everybody again. Returns false when there is no such slot. */
export function setRetired(
  context: Context,
  { profileId, start, serviceId }: SlotKey,
  retired: boolean,
): Promise<boolean> {
  // Made anew for every attempt: ElectroDB adds to what it is called on.
  return unlessRefused(context, () => {
    const slot = SlotEntity.patch({ profileId, start, serviceId });
    return (retired ? slot.set({ retired }) : slot.remove(["retired"])).go(context.table);
  });
}

async function unlessRefused(context: Context, write: () => Promise<unknown>): Promise<boolean> {
  try {
    await patiently(context, write);
    return true;
  } catch (error) {
    if (isConditionFailure(error)) return false;
    throw error;
  }
}

/** Somebody else moved first on a group's counter: read it and try again. */
export class SeatRace extends Error {}

const refusedFor =
  (key: SlotKey, seat: Seat = "only") =>
  (found: Found): Error => {
    const slot = slotIn(found);
    if (!slot) return new NotFound("slot", slotIdOf(key));
    if (isClosed(slot)) return new SlotBlocked(key);
    if (seat !== "only") return new SeatRace(`seat of ${slotIdOf(key)}`);
    return new SlotTaken(
      key,
      slot.holds.map(({ owner }) => owner),
    );
  };

/** Which seat is taken or given back: the only one there is, the first or last of a group, or one between. */
export type Seat = "only" | "edge" | "between";

interface Taking {
  readonly seat: Seat;
  /** A pending request's seat is held. */
  readonly hold: Hold | undefined;
  /** What the slot's group occupies or is about to. */
  readonly span: string;
}

/** The write that takes a seat. */
export function take(key: SlotKey, { seat, hold, span }: Taking): Write {
  const { profileId, start, serviceId } = key;
  const taking = SlotEntity.patch({ profileId, start, serviceId })
    .set(seat === "edge" ? { span } : {})
    .add({ taken: 1, ...(hold && { holds: [holdText(hold)] }) })
    .where((slot, { eq, gte, name, notExists }) => {
      const open = `${notExists(slot.blocked)} AND ${notExists(slot.retired)}`;
      if (seat === "only") return `${open} AND ${eq(slot.taken, 0)} AND ${eq(slot.capacity, 1)}`;
      if (seat === "edge") return `${open} AND ${eq(slot.taken, 0)}`;
      const left = `${gte(slot.taken, 1)} AND ${name(slot.taken)} < ${name(slot.capacity)}`;
      return `${open} AND ${left} AND ${eq(slot.span, span)}`;
    });
  return { action: "Update", change: taking, refused: refusedFor(key, seat) };
}

/** The write that gives a seat back. */
export function release(key: SlotKey, seat: Seat, hold: Hold | undefined): Write {
  const freeing = SlotEntity.patch({
    profileId: key.profileId,
    start: key.start,
    serviceId: key.serviceId,
  }).add({ taken: -1 });
  const update = (hold ? freeing.delete({ holds: [holdText(hold)] }) : freeing).where(
    ({ taken, holds }, { eq, gt, contains }) => {
      const counted = seat === "between" ? gt(taken, 1) : eq(taken, 1);
      return hold ? `${counted} AND ${contains(holds, holdText(hold))}` : counted;
    },
  );
  return {
    action: "Update",
    change: update,
    refused: () => new SeatRace(`seat of ${slotIdOf(key)}`),
  };
}

/** The write that turns a held seat into a firm one. */
export function keep(key: SlotKey, hold: Hold): Write {
  return {
    action: "Update",
    change: SlotEntity.patch({ profileId: key.profileId, start: key.start, serviceId: key.serviceId })
      .delete({ holds: [holdText(hold)] })
      .where(({ holds }, { contains }) => contains(holds, holdText(hold))),
    refused: () => new SeatRace(`hold of ${slotIdOf(key)}`),
  };
}

/**
 * The write that lets a held seat be held until another time. It writes all holds of the slot as they were read, since
 * one update cannot take from a set and add to it.
 */
export function extend(slot: Slot, owner: string, expiresAt: Instant): Write {
  const { profileId, start, serviceId } = slot;
  const kept = slot.holds.filter((hold) => hold.owner !== owner);
  // A set of the client's own, as it compares with a stored one; ElectroDB takes a list for a list here.
  const before = new Set(slot.holds.map(holdText));
  return {
    action: "Update",
    change: SlotEntity.patch({ profileId, start, serviceId })
      .set({ holds: [...kept, { owner, expiresAt }].map(holdText) })
      // Without any, what they were for has ended meanwhile, which another write of the transaction says.
      .where(({ holds }, { eq, notExists }) =>
        before.size > 0 ? eq(holds, before as unknown as string[]) : notExists(holds),
      ),
    refused: () => new SeatRace(`holds of ${slotIdOf(slot)}`),
  };
}

/** The write that closes or opens a free slot, while it is as long as `slot` says. */
export function setBlocked(slot: SlotKey & { readonly end: Instant }, blocked: boolean): Write {
  const { profileId, start, serviceId, end } = slot;
  const patch = SlotEntity.patch({ profileId, start, serviceId });
  const change = blocked
    ? patch
        .set({ blocked: true })
        .where((stored, { eq, notExists }) =>
          [eq(stored.taken, 0), eq(stored.end, end), notExists(stored.blocked)].join(" AND "),
        )
    : patch.remove(["blocked"]).where((stored, { exists }) => exists(stored.blocked));
  return { action: "Update", change, refused: refusedFor(slot) };
}
