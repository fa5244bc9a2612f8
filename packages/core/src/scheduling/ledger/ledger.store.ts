import {
  type Context,
  epochMillis,
  epochSeconds,
  type Found,
  type Interval,
  instantOf,
  plus,
  type Write,
} from "../../platform/index.ts";
import { HourEntity } from "./hour.entity.ts";
import { type Changes, GRAIN_MS, GRAIN_NAMES, hourOf, type Occupancy } from "./ledger.ts";

const KEPT = { days: 90 };

const ttlOf = (hour: string): number => epochSeconds(plus(`${hour}:00:00.000Z`, KEPT));

/**
 * One write for each hour that changes.
 *
 * `taken` says in the domain's words that others (`blockers`) occupy a grain that should be free.
 */
export function writes(profileId: string, changes: Changes, taken: (blockers: string[]) => Error): Write[] {
  return [...changes].map(([hour, grains]) => {
    const entries = [...grains];
    const set = Object.fromEntries(entries.filter(([, { to }]) => to).map(([name, { to }]) => [name, to]));
    const gone = entries.filter(([, { to }]) => !to).map(([name]) => name);
    const update = HourEntity.update({ profileId, hour }).set({ ...set, ttl: ttlOf(hour) });
    const change = (gone.length > 0 ? update.remove(gone) : update).where((stored, { eq, notExists }) =>
      entries
        .map(([name, { from }]) => (from ? eq(stored[name], from) : notExists(stored[name])))
        .join(" AND "),
    );
    return { action: "Update", change, refused: (found) => refusal(found) };

    function refusal(found: Found): Error {
      const owners = entries.filter(([, { from }]) => !from).map(([name]) => found?.[name]);
      const blockers = [...new Set(owners.filter((owner) => owner !== undefined))] as string[];
      return blockers.length > 0
        ? taken(blockers)
        : new Error(`ledger of ${profileId} at ${hour} is not as expected`);
    }
  });
}

/** Who occupies what in the hours that the interval touches. */
export async function occupancy(
  context: Context,
  profileId: string,
  { start, end }: Interval,
): Promise<Occupancy> {
  const { data } = await HourEntity.query
    .primary({ profileId })
    .between({ hour: hourOf(start) }, { hour: hourOf(end) })
    .go({ ...context.table, pages: "all" });
  const owners = new Map<number, string>();
  for (const row of data) {
    const first = epochMillis(instantOf(`${row.hour.toUpperCase()}:00:00.000Z`)) / GRAIN_MS;
    GRAIN_NAMES.forEach((name, index) => {
      const owner = row[name];
      if (owner !== undefined) owners.set(first + index, owner);
    });
  }
  return owners;
}
