import { epochMillis, type Instant, type Interval, instantOf } from "../../platform/index.ts";

/** Five minutes: what one attribute of an hour row stands for. */
export const GRAIN_MS = 300_000;

export const GRAIN_NAMES = [
  "g0",
  "g1",
  "g2",
  "g3",
  "g4",
  "g5",
  "g6",
  "g7",
  "g8",
  "g9",
  "g10",
  "g11",
] as const;
export type GrainName = (typeof GRAIN_NAMES)[number];

/** What happens to one grain: `from` must own it now (nobody when undefined), `to` owns it after. */
export interface Change {
  readonly from?: string;
  readonly to?: string;
}

/** The changes by UTC hour (`YYYY-MM-DDTHH`) and grain. */
export type Changes = Map<string, Map<GrainName, Change>>;

/** Time that one owner occupies. */
export interface Occupied {
  readonly owner: string;
  readonly interval: Interval;
}

/** The indices of the grains that an interval touches, counted from the epoch. */
export function* grainsOf({ start, end }: Interval): Generator<number> {
  const last = Math.ceil(epochMillis(end) / GRAIN_MS);
  for (let grain = Math.floor(epochMillis(start) / GRAIN_MS); grain < last; grain++) yield grain;
}

export const hourOf = (instant: Instant): string => instant.slice(0, 13);

/**
 * What must change so that `before` is given up and `after` is occupied, in one step.
 *
 * A grain that both touch passes from one owner to the other: a booking may move by ten minutes over itself.
 */
export function changesBetween(before: Occupied | undefined, after: Occupied | undefined): Changes {
  const changes: Changes = new Map();
  const put = (grain: number, change: Change) => {
    const hour = hourOf(instantOf(grain * GRAIN_MS));
    const name = GRAIN_NAMES[grain % 12]!;
    const inHour = changes.get(hour) ?? new Map<GrainName, Change>();
    inHour.set(name, { ...inHour.get(name), ...change });
    changes.set(hour, inHour);
  };
  if (before) for (const grain of grainsOf(before.interval)) put(grain, { from: before.owner });
  if (after) for (const grain of grainsOf(after.interval)) put(grain, { to: after.owner });
  return changes;
}

/** Who occupies each grain, by index from the epoch. */
export type Occupancy = ReadonlyMap<number, string>;

/** Whether nobody but `mine` occupies any of the interval. */
export const isFree = (
  occupancy: Occupancy,
  interval: Interval,
  mine: (owner: string) => boolean,
): boolean => {
  for (const grain of grainsOf(interval)) {
    const owner = occupancy.get(grain);
    if (owner !== undefined && !mine(owner)) return false;
  }
  return true;
};
