import { ElectroError } from "electrodb";
import type { Context } from "./context.ts";
import { Busy } from "./refusal.ts";

/** The SDK has tried by itself before each of these. */
const ATTEMPTS = 10;
/** Nobody else has: in a rush for the seats of a group all but one attempt are cancelled at a time. */
export const ATTEMPTS_AT_A_TRANSACTION = 30;
const BASE_DELAY_MS = 15;
const MAX_DELAY_MS = 400;

/** Faults that another attempt may not meet: throttling, a server's own error, a connection that broke. */
const passingNames = new Set([
  "ThrottlingException",
  "RequestLimitExceeded",
  "ProvisionedThroughputExceededException",
  "TransactionConflictException",
  "TransactionInProgressException",
  "InternalServerError",
  "TimeoutError",
]);

const brokenConnections = new Set(["ECONNRESET", "ECONNREFUSED", "EPIPE", "ETIMEDOUT"]);

interface Fault extends Error {
  readonly code?: string;
  /** Of the SDK's own errors: whose fault it was. Every one of them also has `$retryable`, mostly undefined. */
  readonly $fault?: "client" | "server";
  readonly $retryable?: object;
}

/** Whether the same call may well succeed in a moment, unchanged. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { name, code, $fault, $retryable }: Fault = error;
  return (
    passingNames.has(name) ||
    $fault === "server" ||
    $retryable !== undefined ||
    (code !== undefined && brokenConnections.has(code))
  );
}

const delay = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Waits before another attempt, longer each time and never as long as others (full jitter). Throws {@link Busy} when
 * there have been as `many`.
 */
export async function pause(context: Context, attempt: number, many = ATTEMPTS): Promise<void> {
  if (attempt >= many) throw new Busy();
  await delay(context.random() * Math.min(MAX_DELAY_MS, BASE_DELAY_MS * 2 ** attempt));
}

/**
 * Runs a single write until nothing passing stands in its way: the SDK gives up at once when a transaction holds the
 * row. Only for writes that may be repeated. Throws {@link Busy} when the attempts are used up.
 */
export async function patiently<T>(context: Context, write: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await write();
    } catch (error) {
      if (!isPassing(error instanceof ElectroError ? error.cause : error)) throw error;
      await pause(context, attempt);
    }
  }
}
