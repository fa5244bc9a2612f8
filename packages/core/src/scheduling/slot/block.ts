import {
  type Actor,
  type Context,
  commit,
  type Interval,
  Outbox,
  type Practice,
  requireCalendar,
  requireStaff,
} from "../../platform/index.ts";
import * as Ledger from "../ledger/index.ts";
import { get, setBlocked, startingIn } from "./slot.store.ts";
import { type BlockedSlot, type Slot, SlotBlocked, type SlotKey, SlotTaken, slotIdOf } from "./slot.ts";

/** A blocked slot occupies its time as a booking does, so that no other service is booked across it. */
const ownerOf = (key: SlotKey): string => `blocked:${slotIdOf(key).slice(4 + 26)}`;

async function ownedSlot(context: Context, actor: Actor, key: SlotKey): Promise<Slot> {
  const slot = await get(context, key);
  requireCalendar(actor, slot, "slot", slotIdOf(key));
  return slot;
}

/** Closes a free slot. Does nothing to one that is closed. Throws `slot-taken`, `not-found`. */
export async function block(context: Context, actor: Actor, key: SlotKey): Promise<void> {
  const slot = await ownedSlot(context, actor, key);
  if (slot.blocked) return;
  const changes = Ledger.changesBetween(undefined, { owner: ownerOf(key), interval: slot });
  try {
    await commit(context, [
      setBlocked(slot, true),
      ...Ledger.writes(key.profileId, changes, (blockers) => new SlotTaken(key, blockers)),
    ]);
  } catch (error) {
    // Somebody else closed it meanwhile.
    if (!(error instanceof SlotBlocked)) throw error;
  }
}

/** Opens a closed slot again. Does nothing to one that is open. Throws `not-found`. */
export async function unblock(context: Context, actor: Actor, key: SlotKey): Promise<void> {
  const slot = await ownedSlot(context, actor, key);
  if (!slot.blocked) return;
  const changes = Ledger.changesBetween({ owner: ownerOf(key), interval: slot }, undefined);
  const { profileId, serviceId, start } = slot;
  try {
    await commit(context, [
      setBlocked(slot, false),
      ...Ledger.writes(profileId, changes, (blockers) => new SlotTaken(key, blockers)),
      Outbox.tell(context, actor, {
        organizationId: slot.organizationId,
        about: slotIdOf(key),
        events: ["slot/released"],
        data: {
          ...{ slotId: slotIdOf(key), profileId, serviceId, startTime: start },
          ...{ freedFrom: start, freedUntil: slot.end, reason: "unblocked" },
        },
      }),
    ]);
  } catch (error) {
    // Somebody else opened it meanwhile.
    if (!(error instanceof SlotTaken)) throw error;
  }
}

/** The slots of a stretch that are blocked, by start, for staff of the clinic. Throws `not-found`, `forbidden`. */
export async function blockedIn(
  context: Context,
  actor: Actor,
  { profileId, organizationId }: Practice,
  interval: Interval,
): Promise<BlockedSlot[]> {
  requireStaff(actor, organizationId, "profile", profileId);
  const slots = await startingIn(context, profileId, interval);
  return slots
    .filter(({ blocked }) => blocked)
    .map((slot) => ({
      slotId: slotIdOf(slot),
      serviceId: slot.serviceId,
      startTime: slot.start,
      endTime: slot.end,
    }));
}
