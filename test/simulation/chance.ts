import { seededRandom } from "../faults/random.ts";

/** Chance that can be repeated: the same seed, the same choices. */
export interface Chance {
  /** From 0 up to, not including, 1. */
  readonly next: () => number;
  /** Whether something of this probability happens. */
  readonly happens: (probability: number) => boolean;
  /** A whole number from `least` to `most`, both included. */
  readonly between: (least: number, most: number) => number;
  /** One of these. Throws a RangeError when there are none. */
  readonly pick: <T>(things: readonly T[]) => T;
}

export function chanceFrom(seed: number): Chance {
  const next = seededRandom(seed);
  const between = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  return {
    next,
    between,
    happens: (probability) => next() < probability,
    pick(things) {
      if (things.length === 0) throw new RangeError("There is nothing to choose from.");
      return things[between(0, things.length - 1)]!;
    },
  };
}
