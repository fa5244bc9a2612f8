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
import { bookable, bookingWindow, endedOwners, occupiedBy, shown } from "./bookable.ts";

interface Query {
  readonly from: Instant;
  readonly to: Instant;
  readonly serviceId?: string;
  /** Zone of the local times; the calendar's own when left out. */
  readonly timezone?: string;
  readonly limit: number;
  readonly cursor?: string;
}

interface Page {
  readonly items: Slot.BookableSlot[];
  readonly nextCursor?: string;
}

/** The longest that an appointment with its buffers reaches before and beyond its slot's start. */
const REACH = { before: { hours: 2 }, after: { hours: 10 } };
/** The farthest apart that the starts of two appointments can be which share some time with their buffers. */
const APART = { hours: 12 };

/**
 * What can really be booked from `from` up to `to`, by start: one wave of two reads, slots and ledger.
 *
 * A hold past its end counts as free whether or not anything has run.
 */
export async function list(context: Context, practice: Practice, query: Query): Promise<Page> {
  const { profileId, timezone } = practice;
  const now = context.now();
  const range = { start: query.from, end: query.to };
  const [slots, occupancy, active] = await Promise.all([
    Slot.startingIn(context, profileId, range),
    Ledger.occupancy(context, profileId, {
      start: minus(range.start, REACH.before),
      end: plus(range.end, REACH.after),
    }),
    Service.active(context, profileId),
  ]);
  const services = query.serviceId ? active.filter(({ serviceId }) => serviceId === query.serviceId) : active;
  const wanted = occupiedBy(slots, services);
  const near = await neighbours(context, profileId, range, wanted, occupancy);
  const ended = endedOwners([...slots, ...near], now);
  const free = bookable(slots, services, occupancy, ended, bookingWindow(practice, now), now);
  const after = query.cursor ? free.filter((slot) => positionOf(slot) > query.cursor!) : free;
  const page = after.slice(0, query.limit);
  const last = page.at(-1);
  return {
    items: page.map((slot) => shown(slot, query.timezone ?? timezone, now)),
    ...(last && after.length > page.length && { nextCursor: positionOf(last) }),
  };
}

const positionOf = (slot: Slot.SlotKey): string =>
  Buffer.from(`${slot.start}|${slot.serviceId}`).toString("hex");

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
