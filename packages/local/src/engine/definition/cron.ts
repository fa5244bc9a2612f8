import { Cron } from "croner";

const zoned = /^(?:CRON_)?TZ=(\S+)\s+(.*)$/;
const field = /^[\dA-Za-z*,/?-]+$/;
const schedules = new Map<string, Cron>();

/** A schedule that is not five cron fields, or names an unknown time zone. */
export class CronRefused extends Error {
  override readonly name = "CronRefused";
}

/**
 * The next tick of a schedule after a moment (epoch milliseconds), or undefined if there is none.
 *
 * `TZ=Europe/Paris 0 3 * * *` is read in that zone, anything else in UTC. A local time that a change to summer time
 * skips has no tick on that day; one that comes twice has its first.
 *
 * @throws CronRefused
 */
export function nextTick(schedule: string, after: number): number | undefined {
  const cron = parseOnce(schedule);
  let tick = cron.nextRun(new Date(after));
  // Croner moves a skipped local time to the next valid one, the service drops it.
  while (tick && !cron.match(tick)) tick = cron.nextRun(tick);
  return tick?.getTime();
}

function parseOnce(schedule: string): Cron {
  const known = schedules.get(schedule);
  if (known) return known;
  const [, zone = "UTC", pattern = schedule] = zoned.exec(schedule) ?? [];
  const fields = pattern.trim().split(/\s+/);
  if (fields.length !== 5 || !fields.every((text) => field.test(text))) {
    throw new CronRefused(`"${schedule}" is not a cron schedule of five fields`);
  }
  try {
    const cron = new Cron(fields.join(" "), { timezone: zone, paused: true });
    cron.nextRun(new Date(0));
    schedules.set(schedule, cron);
    return cron;
  } catch (error) {
    throw new CronRefused(
      `"${schedule}" is not a cron schedule: ${error instanceof Error ? error.message : error}`,
    );
  }
}
