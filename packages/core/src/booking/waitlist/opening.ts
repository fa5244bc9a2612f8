import {
  type Context,
  type Instant,
  type Interval,
  overlap,
  type Practice,
  plus,
} from "../../platform/index.ts";
import { Claim, Listing, Service, Slot } from "../../scheduling/index.ts";
import { rank } from "./rank.ts";
import type { Entry, Offer } from "./waitlist.ts";

/** Time that was given up. */
export interface Release {
  readonly slotId: string;
  /** All that it gave up, when that is known; else what the slot occupies as its service is now. */
  readonly freed?: Interval | undefined;
}

/**
 * What can be booked over the time that was given up, of the services that somebody waits for. It could not be before,
 * since the slots of one calendar share its minutes, of whatever service they are.
 *
 * First what begins with that time or later, so that it is used from its start, and then what begins before it.
 */
export async function openingsOver(
  context: Context,
  practice: Practice,
  release: Release,
  line: readonly Entry[],
): Promise<Listing.Opening[]> {
  const { start } = Slot.slotKeyOf(release.slotId);
  const services = new Set(line.map(({ serviceId }) => serviceId));
  const openings = await Listing.over(context, practice, await freedBy(context, release), services);
  return openings.sort((a, b) => Number(a.start < start) - Number(b.start < start));
}

async function freedBy(context: Context, { slotId, freed }: Release): Promise<Interval> {
  if (freed) return freed;
  const { profileId, serviceId, start } = Slot.slotKeyOf(slotId);
  const { duration, ...buffers } = await Service.get(context, profileId, serviceId);
  return Claim.occupiedInterval({ ...buffers, start, end: plus(start, { minutes: duration }) });
}

/** Whether somebody else wishes for what is left of the openings beside an offer. */
export function leavesRoom(
  { entry, offer }: { entry: Entry; offer: Offer },
  { line, openings, zone }: { line: readonly Entry[]; openings: readonly Listing.Opening[]; zone: string },
  now: Instant,
): boolean {
  const taken = Claim.occupiedInterval(offer);
  const times = openings.filter(({ occupies }) => !overlap(occupies, taken));
  const others = line.filter(({ appointmentId }) => appointmentId !== entry.appointmentId);
  return rank(others, { times, zone }, now).length > 0;
}
