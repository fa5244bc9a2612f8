import type { Instant, Interval, Write } from "../../platform/index.ts";
import { minus, plus } from "../../platform/index.ts";
import * as Ledger from "../ledger/index.ts";
import * as Slot from "../slot/index.ts";

/**
 * An appointment's hold on a calendar: a seat in a slot, and the time that it occupies.
 *
 * Kept on the request or reservation, so that what is given back is exactly what was taken.
 */
export interface Claim {
  readonly profileId: string;
  readonly serviceId: string;
  readonly start: Instant;
  readonly end: Instant;
  /** Minutes kept free around it. */
  readonly bufferBefore: number;
  readonly bufferAfter: number;
  /** Whether others may sit in the same slot. */
  readonly group: boolean;
  /** The appointment's ULID. */
  readonly owner: string;
  /** When the hold ends; `undefined` for what is firm. */
  readonly heldUntil?: Instant;
}

export const keyOf = ({ profileId, serviceId, start }: Claim): Slot.SlotKey => ({
  profileId,
  serviceId,
  start,
});

/** The appointment with its buffers. */
export const occupiedInterval = (
  claim: Pick<Claim, "start" | "end" | "bufferBefore" | "bufferAfter">,
): Interval => ({
  start: minus(claim.start, { minutes: claim.bufferBefore }),
  end: plus(claim.end, { minutes: claim.bufferAfter }),
});

/** A group's time belongs to its slot: taken with the first seat, given back with the last. */
export const groupOwner = (key: Slot.SlotKey): string => Slot.slotIdOf(key).slice(4 + 26);

const holdOf = ({ owner, heldUntil }: Claim): Slot.Hold | undefined =>
  heldUntil === undefined ? undefined : { owner, expiresAt: heldUntil };

/** What all seats of a group occupy, as its slot keeps it. */
export const spanOf = (claim: Claim): string => Slot.spanOf(occupiedInterval(claim));

/** A claim together with the seat that it takes or gives back. */
export interface Seated {
  readonly claim: Claim;
  readonly seat: Slot.Seat;
}

/** A seat between others leaves the group's time as it is. */
const occupied = (seated: Seated | undefined): Ledger.Occupied | undefined => {
  if (!seated || seated.seat === "between") return undefined;
  const { claim } = seated;
  return {
    owner: claim.group ? groupOwner(keyOf(claim)) : claim.owner,
    interval: occupiedInterval(claim),
  };
};

/**
 * The writes that give up `before` and take `after`, in one transaction.
 *
 * A failed one answers `slot-taken` with the blockers, `slot-blocked`, `not-found`, or a {@link Slot.SeatRace} when a
 * group's seats changed meanwhile. Both claims are of one calendar.
 */
export function writes(before: Seated | undefined, after: Seated | undefined): Write[] {
  const some = after ?? before;
  if (!some) return [];
  const slotWrites = [
    ...(after ? [taking(after)] : []),
    ...(before ? [Slot.release(keyOf(before.claim), before.seat, holdOf(before.claim))] : []),
  ];
  return [...slotWrites, ...ledgerWrites(before, after)];
}

const taking = ({ claim, seat }: Seated): Write =>
  Slot.take(keyOf(claim), { seat, hold: holdOf(claim), span: spanOf(claim) });

/** The writes that make a held claim firm where it is, with another length where `after` has one (not in a group). */
export function confirm(before: Claim & { readonly heldUntil: Instant }, after: Claim): Write[] {
  const keep = Slot.keep(keyOf(before), { owner: before.owner, expiresAt: before.heldUntil });
  const moved =
    before.end !== after.end ||
    before.bufferAfter !== after.bufferAfter ||
    before.bufferBefore !== after.bufferBefore;
  if (!moved) return [keep];
  return [keep, ...ledgerWrites({ claim: before, seat: "only" }, { claim: after, seat: "only" })];
}

function ledgerWrites(before: Seated | undefined, after: Seated | undefined): Write[] {
  const { claim } = (after ?? before)!;
  const changes = Ledger.changesBetween(occupied(before), occupied(after));
  return Ledger.writes(claim.profileId, changes, (blockers) => new Slot.SlotTaken(keyOf(claim), blockers));
}
