import * as z from "zod";
import type { Instant } from "./instant.ts";
import { localDateOf, minutesOfDay, nextDate, WallTime, windowEndAt, type Zone } from "./zone.ts";

/** The hours of each day in which nobody wants to hear of anything that can wait; over midnight when `to` is earlier. */
export const QuietHours = z
  .strictObject({ from: WallTime, to: WallTime })
  .refine(({ from, to }) => minutesOfDay(from) % DAY !== minutesOfDay(to) % DAY, {
    message: "must differ from its beginning",
    path: ["to"],
  })
  .meta({ description: "By the wall clock of the practice", example: { from: "21:00", to: "08:00" } });
export type QuietHours = z.infer<typeof QuietHours>;

const DAY = 24 * 60;

/**
 * When the quiet that `now` lies in is over, in one or several kinds of quiet hours; `undefined` when it is not quiet.
 * Together they may leave no hour of the day: then the first kind holds alone, so that there is an end.
 *
 * Where a clock change skips the beginning or the end, that is the moment of the change; where one occurs twice, the
 * first of the two.
 */
export function quietUntil(now: Instant, zone: Zone, ...hours: readonly QuietHours[]): Instant | undefined {
  let until = now;
  // One may begin before another ends.
  for (const _ of hours) {
    for (const quiet of hours) until = endOf(quiet, until, zone) ?? until;
  }
  if (hours.some((quiet) => endOf(quiet, until, zone))) return quietUntil(now, zone, hours[0]!);
  return until === now ? undefined : until;
}

function endOf({ from, to }: QuietHours, now: Instant, zone: Zone): Instant | undefined {
  const begins = minutesOfDay(from);
  const ends = minutesOfDay(to);
  const today = localDateOf(now, zone);
  for (const date of [nextDate(today, -1), today]) {
    const end = windowEndAt(ends <= begins ? nextDate(date) : date, ends, zone);
    if (windowEndAt(date, begins, zone) <= now && now < end) return end;
  }
  return undefined;
}
