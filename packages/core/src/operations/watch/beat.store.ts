import { type Context, epochMillis, type Instant, isConditionFailure } from "../../platform/index.ts";
import { lastCompleted, STAGE } from "../run/index.ts";
import { BeatEntity } from "./beat.entity.ts";
import type { Schedule } from "./watch.ts";

/** The workflow that watches over the others, and is watched by the sweep. */
export const WATCH = "workflow-health-check";

interface Beat {
  readonly at: Instant;
  readonly schedules: readonly Seen[];
}

interface Seen extends Schedule {
  /** When a run was last known to have completed; before the first, when the schedule was there. */
  readonly since: Instant;
}

async function lastBeat(context: Context): Promise<Beat | undefined> {
  const { data } = await BeatEntity.get({ job: WATCH }).go({ ...context.table, consistent: true });
  // Between its first two writes it has no schedules.
  return data ? { at: data.at, schedules: data.schedules ?? [] } : undefined;
}

/** Notes that the health check runs, and which schedules the stage serves. Returns what it noted. */
export async function beat(context: Context, schedules: readonly Schedule[]): Promise<Beat> {
  const at = context.now();
  const beaten = await BeatEntity.update({ job: WATCH })
    .set({ at })
    .go({ ...context.table, response: "all_new" });
  const stored: readonly Seen[] = beaten.data?.schedules ?? [];
  const before = new Map(stored.map((one) => [one.workflow, one]));
  const known = schedules.map((one) => ({ ...one, since: before.get(one.workflow)?.since ?? at }));
  const looked = await Promise.allSettled(known.map((one) => lookedAt(context, one)));
  const now = looked.map((one, index) => (one.status === "fulfilled" ? one.value : known[index]!));
  const isNews = ({ workflow, minutes, since }: Seen): boolean => {
    const one = before.get(workflow);
    return one?.minutes !== minutes || one.since !== since;
  };
  if (now.length !== stored.length || now.some(isNews)) {
    await BeatEntity.update({ job: WATCH }).set({ schedules: now }).go(context.table);
  }
  return { at, schedules: now };
}

/** The schedule as it is now: the run log is asked only when what is known of it would make it late. */
async function lookedAt(context: Context, schedule: Seen): Promise<Seen> {
  if (schedule.workflow === WATCH || !isLate(context, schedule)) return schedule;
  const done = await lastCompleted(context, STAGE, schedule.workflow);
  return done !== undefined && done > schedule.since ? { ...schedule, since: done } : schedule;
}

const isLate = (context: Context, { minutes, since }: Seen): boolean =>
  secondsSince(context, since) >= (minutes + GRACE_MINUTES) * 60;

const secondsSince = (context: Context, instant: Instant): number =>
  (epochMillis(context.now()) - epochMillis(instant)) / 1000;

/**
 * For how many seconds the health check has not run. Needs only the table, for those who watch from outside.
 *
 * On a stage that has never had one it begins to count.
 */
export async function silence(context: Context): Promise<number> {
  const last = await lastBeat(context);
  if (last) return secondsSince(context, last.at);
  try {
    await BeatEntity.create({ job: WATCH, at: context.now(), schedules: [] }).go(context.table);
  } catch (error) {
    if (!isConditionFailure(error)) throw error;
  }
  return 0;
}

/** A schedule that has not completed a run in time. */
export interface Late {
  readonly workflow: string;
  /** Since the last run that completed. */
  readonly seconds: number;
}

/** How late a run may be: it waits its turn, does its work, and its end is written down. */
const GRACE_MINUTES = 5;

/** The workflows that should have begun by themselves and did not, or that only fail, of those served at the last beat. */
export async function lateSchedules(context: Context, beat?: Beat): Promise<Late[]> {
  const last = beat ?? (await lastBeat(context));
  if (!last) return [];
  const seen = await Promise.all(
    last.schedules.map((one) =>
      one.workflow === WATCH ? { ...one, since: last.at } : lookedAt(context, one),
    ),
  );
  return seen
    .filter((one) => isLate(context, one))
    .map(({ workflow, since }) => ({ workflow, seconds: secondsSince(context, since) }));
}
