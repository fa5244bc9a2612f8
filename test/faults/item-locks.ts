/** The items that a transaction under way holds. Keys are texts that name table and key. */
export interface ItemLocks {
  /** For each key, whether somebody holds it. */
  held(keys: readonly string[]): boolean[];
  /** Takes the keys and returns the function that gives them back. */
  take(keys: readonly string[]): () => void;
}

export function createItemLocks(): ItemLocks {
  const locked = new Set<string>();
  return {
    held: (keys) => keys.map((key) => locked.has(key)),
    take(keys) {
      for (const key of keys) locked.add(key);
      return () => {
        for (const key of keys) locked.delete(key);
      };
    },
  };
}
