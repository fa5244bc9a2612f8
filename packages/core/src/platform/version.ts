import { Busy, Stale } from "./refusal.ts";

const ROUNDS = 5;

/**
 * Runs an edit that fails as {@link Stale} when the thing has moved on: for a caller who named the version they read,
 * once; for one who named none, again on what stands by then, so that the last edit wins. Throws `busy` when others
 * are always faster.
 */
export async function lastWins<T>(version: number | undefined, edit: () => Promise<T>): Promise<T> {
  for (let round = 1; ; round++) {
    try {
      return await edit();
    } catch (error) {
      if (!(error instanceof Stale) || version !== undefined) throw error;
      if (round === ROUNDS) throw new Busy();
    }
  }
}
