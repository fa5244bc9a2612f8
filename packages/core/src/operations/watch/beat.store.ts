import { type Context, epochMillis, type Instant, isConditionFailure } from "../../platform/index.ts";
import { lastCompleted, STAGE } from "../run/index.ts";
import { BeatEntity } from "./beat.entity.ts";
import type { Schedule } from "./watch.ts";

/** The workflow that watches over the others, and is watched by the sweep. */
export const WATCH = "workflow-health-check";

interface Beat {
  readonly at: Instant;
  readonly schedules: readonly (Schedule & { readonly since: Instant })[];
}

async function lastBeat(context: Context): Promise<Beat | undefined> {
  const { data } = await BeatEntity.get({ job: WATCH }).go({ ...context.table, consistent: true });
  return (data as Beat | null) ?? undefined;
}

/** Notes that the health check runs, and which schedules the stage serves. */
export async function beat(context: Context, schedules: readonly Schedule[]): Promise<void> {
  const at = context.now();
  const before = new Map((await lastBeat(context))?.schedules.map((one) => [one.workflow, one.since]));
  await BeatEntity.put({
    job: WATCH,
    at,
    schedules: schedules.map((one) => ({ ...one, since: before.get(one.workflow) ?? at })),
  }).go(context.table);
}

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

/** The workflows that should have begun by themselves and did not, or that only fail. */
export async function lateSchedules(context: Context): Promise<Late[]> {
  const last = await lastBeat(context);
  if (!last) return [];
  const ages = await Promise.all(
    last.schedules.map(async ({ workflow, minutes, since }) => {
      const done = workflow === WATCH ? last.at : await lastCompleted(context, STAGE, workflow);
      const latest = done !== undefined && done > since ? done : since;
      return { workflow, minutes, seconds: secondsSince(context, workflow === WATCH ? last.at : latest) };
    }),
  );
  return ages
    .filter(({ minutes, seconds }) => seconds >= (minutes + GRACE_MINUTES) * 60)
    .map(({ workflow, seconds }) => ({ workflow, seconds }));
}
