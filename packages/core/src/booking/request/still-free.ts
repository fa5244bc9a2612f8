import type { Context } from "../../platform/index.ts";
import { Slot } from "../../scheduling/index.ts";

/**
 * Stops an attempt that cannot succeed: after a conflict, one look at the slot spares a crowd its retries.
 *
 * Throws `slot-taken`.
 */
export async function stillFree(context: Context, key: Slot.SlotKey): Promise<void> {
  const slot = await Slot.get(context, key);
  if (Slot.remaining(slot, context.now()) < 1) throw new Slot.SlotTaken(key);
}
