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
  /** A chance of its own for one person: what others do meanwhile changes nothing of what they choose. */
  readonly fork: () => Chance;
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
    fork: () => chanceFrom(Math.floor(next() * 2 ** 32)),
  };
}

/** Says yes to a share of those who ask, spread evenly from half-way through the first turn: so that a few days see each. */
export function evenly(share: number): () => boolean {
  let owed = 0.5;
  return () => {
    owed += share;
    if (owed < 1) return false;
    owed -= 1;
    return true;
  };
}

/** Deals all of these in their order, and then all of them again and again in other orders. */
export function dealing<T>(chance: Chance, cards: readonly T[]): () => T {
  let left = [...cards];
  return () => {
    if (left.length === 0) left = shuffled(chance, cards);
    return left.shift()!;
  };
}

function shuffled<T>(chance: Chance, cards: readonly T[]): T[] {
  const rest = [...cards];
  return cards.map(() => rest.splice(chance.between(0, rest.length - 1), 1)[0]!);
}
