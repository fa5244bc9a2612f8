/** A short-lived copy of what is read with nearly every request. */
export interface Memory {
  /** The remembered value of `key`, or what `load` finds, remembered from now on. A failed load is not kept. */
  recall<T>(key: string, load: () => Promise<T>): Promise<T>;
  forget(key: string): void;
}

/** Remembers for `seconds` of real time: an edit on another machine shows here after at most as long. */
export function memoryFor(seconds: number, now: () => number = Date.now): Memory {
  interface Entry {
    readonly value: Promise<unknown>;
    readonly until: number;
  }
  // In the order in which they end, since all are kept equally long.
  const entries = new Map<string, Entry>();
  const dropEnded = () => {
    for (const [key, { until }] of entries) {
      if (until > now()) return;
      entries.delete(key);
    }
  };
  return {
    async recall<T>(key: string, load: () => Promise<T>): Promise<T> {
      dropEnded();
      const known = entries.get(key);
      if (known) return (await known.value) as T;
      const value = load();
      const entry = { value, until: now() + seconds * 1000 };
      entries.set(key, entry);
      try {
        return await value;
      } catch (error) {
        if (entries.get(key) === entry) entries.delete(key);
        throw error;
      }
    },
    forget(key) {
      entries.delete(key);
    },
  };
}
