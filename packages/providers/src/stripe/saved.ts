import type { Answer } from "../http/index.ts";

/** What comes before anything is done: a key that may not, a call that is under way, too many calls. */
const BEFORE_ANYTHING: readonly number[] = [401, 403, 409, 429];

/**
 * Whether Stripe keeps this answer, of a call with a key, and repeats it for a day at least: as it does once it has begun to
 * act, with failures of its own too.
 *
 * Where that is not certain the key stays, since its call may still be at work; what was kept after all is marked when it
 * is repeated.
 *
 * Source: docs.stripe.com/api/idempotent_requests, docs.stripe.com/error-low-level
 */
export function isSaved({ status, headers }: Pick<Answer, "status" | "headers">): boolean {
  if (headers.get("idempotent-replayed") === "true") return true;
  if (BEFORE_ANYTHING.includes(status)) return false;
  const shouldRetry = headers.get("stripe-should-retry");
  // `false`: asking again would have no effect.
  if (shouldRetry !== null) return shouldRetry === "false";
  // Of what is above 500, some comes from in front of the API.
  return status <= 500;
}
