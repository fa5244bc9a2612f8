import {
  type Actor,
  type Context,
  datesBetween,
  Invalid,
  instantOf,
  type LocalDate,
  nextDate,
  requireAdmin,
  utcDateOf,
} from "../../platform/index.ts";
import { sumsOf } from "../run/index.ts";
import { TallyEntity } from "./tally.entity.ts";
import {
  averageOf,
  type Executions,
  type ExecutionsQuery,
  executionsOf,
  nothing,
  successRateOf,
  type Tally,
  tallyOf,
  together,
} from "./tally.ts";

/** How far back a day is added up again: what is told late, or again, comes within these. */
const REDONE_DAYS = 3;

/** Adds up the days that have just ended. May be repeated: it counts the runs anew. */
export async function rollUp(context: Context, owner: string): Promise<void> {
  const today = utcDateOf(context.now());
  for (const day of datesBetween(nextDate(today, -REDONE_DAYS), nextDate(today, -1))) {
    const runs = await sumsOf(context, owner, day);
    if (runs.length > 0) await TallyEntity.put({ owner, day, ...tallyOf(runs) }).go(context.table);
  }
}

/** What a clinic's runs add up to, by UTC day: as it was added up, and where it was not yet, as the log has it. */
async function between(
  context: Context,
  owner: string,
  { from, to }: { from: LocalDate; to: LocalDate },
): Promise<Tally> {
  const { data } = await TallyEntity.query
    .primary({ owner })
    .between({ day: from }, { day: to })
    .go({ ...context.table, pages: "all" });
  const known = new Map<string, Tally>(data.map((row) => [row.day, row]));
  const days = await Promise.all(
    datesBetween(from, to).map(async (day) => known.get(day) ?? tallyOf(await sumsOf(context, owner, day))),
  );
  return days.reduce(together, nothing);
}

const DAYS = 7;
const MOST_DAYS = 92;

/**
 * How the workflows of the actor's clinic did, from one UTC day to another.
 *
 * Throws {@link Forbidden} for whoever is no admin, and {@link Invalid} for more than 92 days.
 */
export async function executions(
  context: Context,
  actor: Actor,
  query: ExecutionsQuery,
): Promise<Executions> {
  const owner = requireAdmin(actor);
  const today = utcDateOf(context.now());
  const asked = dayIn(query.to) ?? today;
  const to = asked < today ? asked : today;
  const from = dayIn(query.from) ?? nextDate(to, 1 - DAYS);
  if (from <= nextDate(to, -MOST_DAYS)) throw new Invalid("/from", `must be at most ${MOST_DAYS} days back`);
  const tally = from > to ? nothing : await between(context, owner, { from, to });
  return {
    totalExecutions: executionsOf(tally),
    successRate: successRateOf(tally),
    averageExecutionTime: averageOf(tally),
    mostActiveWorkflows: ranked(tally.workflows).map(([workflow, count]) => ({
      workflow,
      executions: count,
    })),
    errorBreakdown: ranked(tally.errors).map(([error, count]) => ({ error, count })),
  };
}

const dayIn = (moment: string | undefined): LocalDate | undefined =>
  moment === undefined ? undefined : utcDateOf(instantOf(moment));

/** The highest first. */
const ranked = (counts: Tally["errors"]): [string, number][] =>
  Object.entries(counts).sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1));
