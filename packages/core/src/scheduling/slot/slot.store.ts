import type { EntityItem } from "electrodb";
import {
  type Context,
  type Found,
  type Interval,
  isConditionFailure,
  NotFound,
  type Write,
} from "../../platform/index.ts";
import { SlotEntity } from "./slot.entity.ts";
import { type Hold, type Slot, SlotBlocked, type SlotKey, SlotTaken, slotIdOf } from "./slot.ts";

type Row = EntityItem<typeof SlotEntity>;

const holdText = ({ owner, expiresAt }: Hold): string => `${owner}|${expiresAt}`;

const slotFrom = ({ holds, blocked, ttl, ...row }: Row): Slot => ({
  ...row,
  blocked: blocked ?? false,
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

const KEPT_DAYS = 90;

const rowOf = (slot: NewSlot) => ({
  ...slot,
  taken: 0,
  ttl: Math.floor(Date.parse(slot.end) / 1000) + KEPT_DAYS * 86_400,
});

/** Makes a slot. Returns false when it is there already, booked or not. */
export async function create(context: Context, slot: NewSlot): Promise<boolean> {
  try {
    await SlotEntity.create(rowOf(slot)).go({ ...context.table, response: "none" });
    return true;
  } catch (error) {
    if (isConditionFailure(error)) return false;
    throw error;
  }
}

/** Gives a free slot other length or capacity. Returns false when somebody has a seat in it. */
export async function reshape(context: Context, slot: NewSlot): Promise<boolean> {
  return unlessTaken(() =>
    SlotEntity.patch({ profileId: slot.profileId, start: slot.start, serviceId: slot.serviceId })
      .set({ end: slot.end, capacity: slot.capacity })
      .where(({ taken }, { eq }) => eq(taken, 0))
      .go(context.table),
  );
}

/** Takes away a free slot. Returns false when somebody has a seat in it. */
export async function remove(context: Context, { profileId, start, serviceId }: SlotKey): Promise<boolean> {
  return unlessTaken(() =>
    SlotEntity.remove({ profileId, start, serviceId })
      .where(({ taken }, { eq }) => eq(taken, 0))
      .go(context.table),
  );
}

async function unlessTaken(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (isConditionFailure(error)) return false;
    throw error;
  }
}

const refusedFor =
  (key: SlotKey) =>
  (found: Found): Error => {
    const slot = slotIn(found);
    if (!slot) return new NotFound("slot", slotIdOf(key));
    return slot.blocked
      ? new SlotBlocked(key)
      : new SlotTaken(
          key,
          slot.holds.map(({ owner }) => owner),
        );
  };

/** Which seat is taken or given back: the only one there is, the first or last of a group, or one between. */
export type Seat = "only" | "edge" | "between";

/** The write that takes a seat; a pending request's is held. */
export function take(key: SlotKey, seat: Seat, hold: Hold | undefined): Write {
  const taking = SlotEntity.patch({ profileId: key.profileId, start: key.start, serviceId: key.serviceId })
    .add({ taken: 1, ...(hold && { holds: [holdText(hold)] }) })
    .where(({ taken, capacity, blocked }, { eq, gte, name, notExists }) => {
      const open = notExists(blocked);
      if (seat === "only") return `${open} AND ${eq(taken, 0)} AND ${eq(capacity, 1)}`;
      if (seat === "edge") return `${open} AND ${eq(taken, 0)}`;
      return `${open} AND ${gte(taken, 1)} AND ${name(taken)} < ${name(capacity)}`;
    });
  return { action: "Update", change: taking, refused: refusedFor(key) };
}

/** Somebody else moved first on a group's counter: read it and try again. */
export class SeatRace extends Error {}

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

/** The write that closes or opens a free slot. */
export function setBlocked(key: SlotKey, blocked: boolean): Write {
  const patch = SlotEntity.patch({ profileId: key.profileId, start: key.start, serviceId: key.serviceId });
  const change = blocked
    ? patch
        .set({ blocked: true })
        .where(({ taken, blocked: b }, { eq, notExists }) => `${eq(taken, 0)} AND ${notExists(b)}`)
    : patch.remove(["blocked"]).where(({ blocked: b }, { exists }) => exists(b));
  return { action: "Update", change, refused: refusedFor(key) };
}
