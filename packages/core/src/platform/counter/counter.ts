import { commit, unexpected } from "../commit.ts";
import type { Context } from "../context.ts";
import { epochSeconds, type LocalDate, plus } from "../instant.ts";
import { CountedEntity, CounterEntity } from "./counter.entity.ts";

/** What is counted. */
export type Metric =
  | "requests-expired"
  | "reservations-cancelled"
  | "reservations-no-show"
  | "slots-created"
  | "slots-expired";

export interface Occurrence {
  readonly organizationId: string;
  readonly metric: Metric;
  /** The clinic's calendar day that it belongs to. */
  readonly date: LocalDate;
  /** What tells this occurrence from others of its metric, such as the id of the reservation. */
  readonly occurrence: string;
  /** How many at once; 1 when left out. */
  readonly by?: number;
}

/** How long a repetition is recognised: longer than a failed run is kept, which may be begun anew. */
const REMEMBERED = { days: 100 };

/** Already counted: nothing is left to do. */
class Counted extends Error {}

/** Counts an occurrence once, however often it is called within a hundred days. */
export async function count(
  context: Context,
  { organizationId: org, metric, date, occurrence, by = 1 }: Occurrence,
): Promise<void> {
  if (by === 0) return;
  const ttl = epochSeconds(plus(context.now(), REMEMBERED));
  try {
    await commit(context, [
      {
        action: "Put",
        change: CountedEntity.create({ metric, occurrence, ttl }),
        refused: () => new Counted(),
      },
      {
        action: "Update",
        change: CounterEntity.update({ org, metric, date }).add({ count: by }),
        refused: unexpected("counter"),
      },
    ]);
  } catch (error) {
    if (!(error instanceof Counted)) throw error;
  }
}

/** A clinic's counts from one date to another, both included; days without an occurrence are left out. */
export async function between(
  context: Context,
  organizationId: string,
  metric: Metric,
  { from, to }: { from: LocalDate; to: LocalDate },
): Promise<{ date: LocalDate; count: number }[]> {
  const { data } = await CounterEntity.query
    .primary({ org: organizationId, metric })
    .between({ date: from }, { date: to })
    .go({ ...context.table, pages: "all" });
  return data.map(({ date, count }) => ({ date, count }));
}
