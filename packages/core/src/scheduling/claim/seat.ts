import type { Context } from "../../platform/index.ts";
import * as Slot from "../slot/index.ts";
import { type Claim, keyOf, type Seated } from "./claim.ts";

/**
 * The seat that this claim would take now. A slot for one needs no reading; a group's counter is read.
 *
 * Throws `slot-blocked`, `slot-taken` or `not-found` when a group's slot has none.
 */
export async function seatToTake(context: Context, claim: Claim): Promise<Slot.Seat> {
  if (!claim.group) return "only";
  const slot = await Slot.get(context, keyOf(claim));
  if (slot.blocked) throw new Slot.SlotBlocked(keyOf(claim));
  if (slot.taken >= slot.capacity)
    throw new Slot.SlotTaken(
      keyOf(claim),
      slot.holds.map(({ owner }) => owner),
    );
  return slot.taken === 0 ? "edge" : "between";
}

/** The seat that this claim gives back now. */
export async function seatToRelease(context: Context, claim: Claim): Promise<Slot.Seat> {
  if (!claim.group) return "only";
  const slot = await Slot.get(context, keyOf(claim));
  return slot.taken === 1 ? "edge" : "between";
}

const ATTEMPTS = 12;

/**
 * Runs `attempt` with the seats that claims take and give back, again when a group's counter moved in between.
 */
export async function seated<T>(
  context: Context,
  { before, after }: { before?: Claim; after?: Claim },
  attempt: (seats: { before?: Seated; after?: Seated }) => Promise<T>,
): Promise<T> {
  for (let round = 1; ; round++) {
    try {
      return await attempt({
        ...(before && { before: { claim: before, seat: await seatToRelease(context, before) } }),
        ...(after && { after: { claim: after, seat: await seatToTake(context, after) } }),
      });
    } catch (error) {
      if (round === ATTEMPTS || !isRace(error, before, after)) throw error;
    }
  }
}

/** A group's failed condition may only mean that its first or last seat went to somebody else. */
const isRace = (error: unknown, before: Claim | undefined, after: Claim | undefined): boolean =>
  (error instanceof Slot.SeatRace && Boolean(before?.group)) ||
  (error instanceof Slot.SlotTaken && Boolean(after?.group));
