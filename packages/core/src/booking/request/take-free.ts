import {
  type Actor,
  type Context,
  commit,
  madeOnce,
  type Operation,
  type Practice,
  type Write,
} from "../../platform/index.ts";
import { Claim, Slot } from "../../scheduling/index.ts";
import { requireBookableTime } from "../appointment/appointment.ts";
import { pastEndedHolds } from "./ended-holds.ts";

interface Taking {
  readonly actor: Actor;
  readonly practice: Practice;
  readonly key: Slot.SlotKey;
  readonly operation: Operation;
}

interface Making<T> {
  readonly claim: Claim.Claim;
  /** What keeps it, and tells of it. */
  readonly writes: () => readonly Write[];
  /** What the same operation made before, if it did. */
  readonly first: () => Promise<T | undefined>;
}

/**
 * Takes a free time for something new, in the transaction that makes it.
 *
 * A repeated operation answers with what it made. Throws `slot-taken`, `slot-blocked`, `slot-past`, `slot-too-soon`,
 * `slot-too-far`, `not-found`, `idempotency-key-reused`.
 */
export async function takeFree<T extends { readonly mark?: string }>(
  context: Context,
  { actor, practice, key, operation }: Taking,
  made: T,
  { claim, writes, first }: Making<T>,
): Promise<T> {
  const take = async () => {
    requireBookableTime(context, actor, practice, key);
    await Claim.seated(context, { after: claim }, (seats) =>
      commit(context, [...writes(), ...Claim.writes(undefined, seats.after)], {
        beforeRetry: () => stillFree(context, key),
      }),
    );
    return made;
  };
  return madeOnce(operation, () => pastEndedHolds(context, practice, take), first);
}

/**
 * Stops an attempt that cannot succeed: after a conflict, one look at the slot spares a crowd its retries.
 *
 * Throws `slot-taken`.
 */
async function stillFree(context: Context, key: Slot.SlotKey): Promise<void> {
  const slot = await Slot.get(context, key);
  if (Slot.remaining(slot, context.now()) < 1) throw new Slot.SlotTaken(key);
}
