import type { Context, Practice } from "../../platform/index.ts";
import { Slot } from "../../scheduling/index.ts";
import { lapseOffer } from "../waitlist/end.ts";
import * as WaitlistStore from "../waitlist/waitlist.store.ts";
import { OfferEnded } from "../waitlist/waitlist.ts";
import { end } from "./expire.ts";
import { find } from "./request.store.ts";
import { AlreadyDecided } from "./request.ts";

const APPOINTMENT = /^[0-9A-HJKMNP-TV-Z]{26}$/;
/** A round clears one hour of the ledger, and the longest visit with its buffers reaches over twenty. */
const ROUNDS = 24;

/**
 * Runs `book`, and when holds that have ended stand in its way, ends them and runs it again: that a time is free never
 * depends on a job having run.
 */
export async function pastEndedHolds<T>(
  context: Context,
  practice: Practice,
  book: () => Promise<T>,
): Promise<T> {
  for (let round = 1; ; round++) {
    try {
      return await book();
    } catch (error) {
      if (!(error instanceof Slot.SlotTaken) || round === ROUNDS) throw error;
      const owners = (
        await Promise.all(error.blockers.map((blocker) => ownersBehind(context, practice, blocker)))
      ).flat();
      let cleared = false;
      // One after the other: those of a group write to the same slot.
      for (const owner of new Set(owners)) {
        if (await endIfDue(context, practice, owner)) cleared = true;
      }
      if (!cleared) throw error;
    }
  }
}

/** A blocker is an appointment, or a group's slot behind which stand the holds of its seats. */
async function ownersBehind(context: Context, { profileId }: Practice, blocker: string): Promise<string[]> {
  if (APPOINTMENT.test(blocker)) return [blocker];
  if (blocker.startsWith("blocked:")) return [];
  const slot = await Slot.get(context, Slot.slotKeyOf(`slt_${profileId.slice(4)}${blocker}`));
  return Slot.endedHolds(slot, context.now()).map(({ owner }) => owner);
}

/** What is held was asked for, or offered to somebody who waited for it. */
async function endIfDue(context: Context, practice: Practice, owner: string): Promise<boolean> {
  const now = context.now();
  const request = await find(context, owner);
  if (request) {
    if (request.status !== "pending" || request.expiresAt > now) return false;
    return ended(end(context, practice, request));
  }
  const entry = await WaitlistStore.find(context, owner);
  if (!entry?.offer || entry.offer.expiresAt > now) return false;
  return ended(lapseOffer(context, entry, entry.offer));
}

async function ended(ending: Promise<void>): Promise<true> {
  try {
    await ending;
  } catch (error) {
    // Somebody else ended it meanwhile: free all the same.
    if (!(error instanceof AlreadyDecided || error instanceof OfferEnded)) throw error;
  }
  return true;
}
