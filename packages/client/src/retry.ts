import { ApiProblem } from "./problem.ts";

/** How often and how long a client tries. */
export interface Patience {
  /** Tries in all. */
  readonly attempts: number;
  /** Waits so many milliseconds. */
  readonly wait: (milliseconds: number, signal: AbortSignal | undefined) => Promise<void>;
}

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 10_000;

/** Waits by the clock of this machine; a signal ends it. */
export const wait: Patience["wait"] = (milliseconds, signal) =>
  new Promise((resolve, reject) => {
    const ended = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", ended);
      resolve();
    }, milliseconds);
    signal?.addEventListener("abort", ended, { once: true });
  });

/** 429 and 503 say that nothing was done. */
const isPostponed = (error: unknown): error is ApiProblem =>
  error instanceof ApiProblem && (error.status === 503 || error.status === 429);

/** `fetch` throws a TypeError when there was no answer. */
const isUnanswered = (error: unknown): boolean => error instanceof TypeError;

/**
 * Tries again what may be tried again: after a postponement anything, and after a failure of the network what has no
 * second effect. Waits as the API says, else twice as long each time.
 */
export async function withRetries<T>(
  { attempts, wait: pause }: Patience,
  { isRepeatable, signal }: { isRepeatable: boolean; signal: AbortSignal | undefined },
  attempt: () => Promise<T>,
): Promise<T> {
  for (let round = 1; ; round++) {
    try {
      return await attempt();
    } catch (error) {
      const worthIt = isPostponed(error) || (isRepeatable && isUnanswered(error));
      if (!worthIt || round >= attempts || signal?.aborted) throw error;
      const asked = isPostponed(error) ? error.retryAfter : undefined;
      await pause(
        Math.min(asked === undefined ? FIRST_WAIT_MS * 2 ** (round - 1) : asked * 1000, LONGEST_WAIT_MS),
        signal,
      );
    }
  }
}
