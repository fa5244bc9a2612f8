import { isConditionFailure } from "../condition.ts";
import type { Context } from "../context.ts";
import type { Instant, LocalDate } from "../instant.ts";
import { localDateOf, minutesOfDay, nextDate, type WallTime, windowEndAt, type Zone } from "../zone.ts";
import { DailyEntity } from "./daily.entity.ts";

/** What every clinic gets done once on each of its days, at its own time. */
export interface Job {
  readonly name: string;
  /** By the clinic's wall clock; where that time is skipped, at the change. */
  readonly at: WallTime;
}

/** A clinic's day on which a job is to be done. */
export interface Visit {
  readonly organizationId: string;
  readonly date: LocalDate;
}

interface Clinics {
  readonly organizationIds: readonly string[];
  readonly zoneOf: (organizationId: string) => Promise<Zone>;
}

const timeOn = (date: LocalDate, { at }: Job, zone: Zone): Instant =>
  windowEndAt(date, minutesOfDay(at), zone);

/**
 * The clinics whose time has come and who have not had the job today, also when it is late after an outage; days that
 * went by altogether are not made up for. One query when there are none.
 */
export async function due(
  context: Context,
  job: Job,
  { organizationIds, zoneOf }: Clinics,
): Promise<Visit[]> {
  const now = context.now();
  const { data } = await DailyEntity.query.primary({ job: job.name }).go({ ...context.table, pages: "all" });
  const visited = new Map(data.map((row) => [row.organizationId, row]));
  const visits: Visit[] = [];
  for (const organizationId of organizationIds) {
    const last = visited.get(organizationId);
    if (last && now < last.nextAt) continue;
    const zone = await zoneOf(organizationId);
    const date = localDateOf(now, zone);
    if (last && date <= last.date) continue;
    if (now >= timeOn(date, job, zone)) visits.push({ organizationId, date });
  }
  return visits;
}

/** The last of a clinic's days on which it had the job. */
export async function lastOf(
  context: Context,
  { name: job }: Job,
  organizationId: string,
): Promise<LocalDate | undefined> {
  const { data } = await DailyEntity.get({ job, organizationId }).go({ ...context.table, consistent: true });
  return data?.date;
}

/**
 * Notes that the job has been done: after the work, so that work which fails is taken up by the next tick, and is
 * done in such a way that it can be repeated. A day is never taken back. Returns false when it had been noted before.
 */
export async function done(
  context: Context,
  job: Job,
  { organizationId, date }: Visit,
  zone: Zone,
): Promise<boolean> {
  const row = { job: job.name, organizationId, date, nextAt: timeOn(nextDate(date), job, zone) };
  try {
    await DailyEntity.put(row)
      .where((stored, { notExists, lt }) => `${notExists(stored.date)} OR ${lt(stored.date, date)}`)
      .go(context.table);
    return true;
  } catch (error) {
    if (isConditionFailure(error)) return false;
    throw error;
  }
}
