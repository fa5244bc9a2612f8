import {
  type Context,
  earlier,
  type Instant,
  instantOf,
  minus,
  nextDate,
  plus,
} from "../../platform/index.ts";
import { KEPT } from "./run.store.ts";

interface Asked {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

const isDay = (moment: string): boolean => !moment.includes("T");

/**
 * The time that a query means, from `from` up to, not including, `to`: everything that the log has where it says
 * nothing. A day is one in UTC, and as `to` it is included.
 */
export function stretchOf(context: Context, { from, to }: Asked): { from: Instant; to: Instant } {
  const now = context.now();
  // And what machines with a faster clock have written.
  const soon = plus(now, { minutes: 1 });
  const end = to && instantOf(isDay(to) ? nextDate(to) : to);
  return { from: from ? instantOf(from) : minus(now, KEPT), to: end ? earlier(end, soon) : soon };
}
