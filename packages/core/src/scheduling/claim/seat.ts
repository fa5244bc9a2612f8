import { Busy, type Context, type Instant, plus, type Write } from "../../platform/index.ts";
import * as Slot from "../slot/index.ts";
import { type Claim, keyOf, type Seated, spanOf } from "./claim.ts";

/**
 * The seat that this claim would take now. A slot for one needs no reading; a group's counter is read.
 *
 * Throws `slot-blocked`, `slot-taken` or `not-found` when a group's slot has none. It has none either for whoever wants
 * another length or other buffers than those who sit in it, since a service may change while its groups fill.
 */
export async function seatToTake(context: Context, claim: Claim): Promise<Slot.Seat> {
  if (!claim.group) return "only";
  const slot = await Slot.get(context, keyOf(claim));
  if (Slot.isClosed(slot)) throw new Slot.SlotBlocked(keyOf(claim));
  if (slot.taken === 0) return "edge";
  if (slot.taken >= slot.capacity || slot.span !== spanOf(claim)) {
    const ended = Slot.endedHolds(slot, context.now());
    throw new Slot.SlotTaken(
      keyOf(claim),
      ended.map(({ owner }) => owner),
    );
  }
  return "between";
}

/** The seat that this claim gives back now. */
export async function seatToRelease(context: Context, claim: Claim): Promise<Slot.Seat> {
  if (!claim.group) return "only";
  const slot = await Slot.get(context, keyOf(claim));
  return slot.taken === 1 ? "edge" : "between";
}

/** The write that holds a held claim until another time. Within {@link seated}, since the slot is read for it. */
export async function extend(context: Context, claim: Claim, heldUntil: Instant): Promise<Write> {
  return Slot.extend(await Slot.get(context, keyOf(claim)), claim.owner, heldUntil);
}

const ATTEMPTS = 12;

/** Slots and hours are deleted some 90 days after; who gives up what was longer ago has nothing to give back. */
const isGone = ({ end }: Claim, now: Instant): boolean => plus(end, { days: 60 }) < now;

/**
 * Runs `attempt` with the seats that claims take and give back, again when a group's first or last seat went to
 * somebody else in between. Throws `busy` when that happens again and again.
 */
export async function seated<T>(
  context: Context,
  { before, after }: { before?: Claim; after?: Claim },
  attempt: (seats: { before?: Seated; after?: Seated }) => Promise<T>,
): Promise<T> {
  const held = before && !isGone(before, context.now()) ? before : undefined;
  for (let round = 1; round <= ATTEMPTS; round++) {
    try {
      return await attempt({
        ...(held && { before: { claim: held, seat: await seatToRelease(context, held) } }),
        ...(after && { after: { claim: after, seat: await seatToTake(context, after) } }),
      });
    } catch (error) {
      if (!(error instanceof Slot.SeatRace)) throw error;
    }
  }
  throw new Busy();
}
