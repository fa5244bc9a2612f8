import type { Context } from "../context.ts";
import type { Definition } from "../definition/definition.ts";
import { durationMs } from "../definition/duration.ts";
import type { InngestEvent } from "../event/event.ts";
import { evaluate } from "../expression/expression.ts";
import type { Slot } from "../run/run.ts";

/** The value that groups events by a key expression, as text. */
export function keyOf(expression: string | undefined, event: InngestEvent): string {
  if (!expression) return "";
  const value = evaluate(expression, event);
  return typeof value === "string" ? value : JSON.stringify(value);
}

/**
 * Whether one more fits into a bucket that lets one pass every `interval` and at most `burst` at once (GCRA), and takes
 * its place if so. Otherwise gives the moment (epoch milliseconds) at which it would fit.
 */
function take(
  context: Context,
  id: string,
  interval: number,
  burst: number,
): { fits: true } | { fits: false; at: number } {
  const { store, clock } = context;
  const now = clock.now();
  const arrival = Math.max(store.buckets.get(id)?.arrival ?? now, now) + interval;
  const at = Math.ceil(arrival - interval * burst);
  if (at > now) return { fits: false, at };
  store.buckets.put(id, { arrival });
  return { fits: true };
}

/** Whether a run may start under the function's rate limit; the rest is dropped. The service's burst is a tenth. */
export function passesRateLimit(
  context: Context,
  { id, rateLimit }: Definition,
  event: InngestEvent,
): boolean {
  if (!rateLimit) return true;
  const { limit, period, key } = rateLimit;
  const bucket = `rate|${id}|${keyOf(key, event)}`;
  return take(context, bucket, durationMs(period) / limit, Math.floor(limit / 10) + 1).fits;
}

/** When a run may start under the function's throttle: now (undefined), or at a later moment. */
export function throttledUntil(
  context: Context,
  { id, throttle }: Definition,
  event: InngestEvent,
): number | undefined {
  if (!throttle) return undefined;
  const limit = Math.max(throttle.limit, 1);
  const atOnce = limit + Math.max(throttle.burst ?? 1, 1) - 1;
  const bucket = `throttle|${id}|${keyOf(throttle.key, event)}`;
  const taken = take(context, bucket, durationMs(throttle.period) / limit, atOnce);
  return taken.fits ? undefined : taken.at;
}

/** Whether a key is used for the first time within `lifetime` milliseconds. */
export function isFirst({ store, clock }: Context, key: string, lifetime: number): boolean {
  const now = clock.now();
  const mark = store.marks.get(key);
  if (mark && mark.until > now) return false;
  store.marks.put(key, { until: now + lifetime });
  return true;
}

/** The places a run's executing steps take under the function's concurrency limits. */
export function slotsOf({ id, concurrency }: Definition, event: InngestEvent): Slot[] {
  return concurrency
    .filter(({ limit }) => limit > 0)
    .map(({ limit, key, scope }) => ({
      key: [scope, scope === "fn" ? id : "", key ?? "", keyOf(key, event)].join("|"),
      limit,
    }));
}
