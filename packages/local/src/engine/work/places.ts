import type { Slot } from "../run/run.ts";

/** Counts who executes: at most `limit` at a time under each key. */
export class Places {
  readonly #taken = new Map<string, number>();

  /** The key of a place that is not free, if any. */
  firstFull(slots: readonly Slot[]): string | undefined {
    return slots.find(({ key, limit }) => (this.#taken.get(key) ?? 0) >= limit)?.key;
  }

  take(slots: readonly Slot[]): void {
    for (const { key } of slots) this.#taken.set(key, (this.#taken.get(key) ?? 0) + 1);
  }

  leave(slots: readonly Slot[]): void {
    for (const { key } of slots) {
      const left = (this.#taken.get(key) ?? 1) - 1;
      if (left > 0) this.#taken.set(key, left);
      else this.#taken.delete(key);
    }
  }
}
