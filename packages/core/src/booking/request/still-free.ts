import type { Context, Operation } from "../../platform/index.ts";
import { Slot } from "../../scheduling/index.ts";

/**
 * Stops an attempt that cannot succeed: after a conflict, one look at the slot spares a crowd its retries.
 *
 * Throws `slot-taken`. A hold of this very operation is its own earlier attempt, whose answer got lost.
 */
export async function stillFree(context: Context, key: Slot.SlotKey, operation: Operation): Promise<void> {
  const slot = await Slot.get(context, key);
  if (slot.holds.some(({ owner }) => owner === operation.id)) return;
  if (Slot.remaining(slot, context.now()) < 1) throw new Slot.SlotTaken(key);
}
