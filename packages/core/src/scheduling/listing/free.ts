import {
  type Context,
  epochMillis,
  type Instant,
  type Interval,
  minus,
  type Practice,
  plus,
} from "../../platform/index.ts";
import * as Ledger from "../ledger/index.ts";
import * as Service from "../service/index.ts";
import * as Slot from "../slot/index.ts";
import { bookable, bookingWindow, endedOwners, occupiedBy } from "./bookable.ts";

/** The longest that an appointment with its buffers reaches before and beyond its slot's start. */
const REACH = { before: { hours: 2 }, after: { hours: 10 } };
/** The farthest apart that the starts of two appointments can be which share some time with their buffers. */
const APART = { hours: 12 };

/** What can really be booked of some services and starts in the range, by start: one wave of two reads. */
export async function freeIn(
  context: Context,
  practice: Practice,
  range: Interval,
  isWanted: (serviceId: string) => boolean,
): Promise<Slot.Slot[]> {
  const { profileId } = practice;
  const now = context.now();
  const [slots, occupancy, active] = await Promise.all([
    Slot.startingIn(context, profileId, range),
    Ledger.occupancy(context, profileId, {
      start: minus(range.start, REACH.before),
      end: plus(range.end, REACH.after),
    }),
    Service.active(context, profileId),
  ]);
  const services = active.filter(({ serviceId }) => isWanted(serviceId));
  const wanted = occupiedBy(slots, services);
  const near = await neighbours(context, profileId, range, wanted, occupancy);
  const ended = endedOwners([...slots, ...near], now);
  return bookable(slots, services, occupancy, ended, bookingWindow(practice, now), now);
}

/**
 * Slots beyond the range that share time with those in it: read only when the ledger shows such a time, since their
 * hold may have ended.
 */
async function neighbours(
  context: Context,
  profileId: string,
  { start, end }: Interval,
  wanted: readonly Interval[],
  occupancy: Ledger.Occupancy,
): Promise<Slot.Slot[]> {
  const taken = (from: Instant, to: Instant) =>
    !Ledger.isFree(occupancy, { start: from, end: to }, () => false);
  const crosses = (edge: Instant): boolean => {
    const owner = occupancy.get(Math.floor(epochMillis(edge) / Ledger.GRAIN_MS));
    return (
      owner !== undefined && owner === occupancy.get(Math.floor((epochMillis(edge) - 1) / Ledger.GRAIN_MS))
    );
  };
  const reads = [
    ...(crosses(start) || wanted.some((interval) => taken(interval.start, start))
      ? [Slot.startingIn(context, profileId, { start: minus(start, APART), end: start })]
      : []),
    ...(crosses(end) || wanted.some((interval) => taken(end, interval.end))
      ? [Slot.startingIn(context, profileId, { start: end, end: plus(end, APART) })]
      : []),
  ];
  return (await Promise.all(reads)).flat();
}
