/** A short-lived copy of what is read with nearly every request. */
export interface Memory {
  /** The remembered value of `key`, or what `load` finds, remembered from now on. A failed load is not kept. */
  recall<T>(key: string, load: () => Promise<T>): Promise<T>;
  forget(key: string): void;
}

/** Remembers for `seconds` of real time: an edit on another machine shows here after at most as long. */
export function memoryFor(seconds: number, now: () => number = Date.now): Memory {
  const entries = new Map<string, { value: Promise<unknown>; until: number }>();
  return {
    async recall<T>(key: string, load: () => Promise<T>): Promise<T> {
      const known = entries.get(key);
      if (known && known.until > now()) return (await known.value) as T;
      const value = load();
      entries.set(key, { value, until: now() + seconds * 1000 });
      try {
        return await value;
      } catch (error) {
        entries.delete(key);
        throw error;
      }
    },
    forget(key) {
      entries.delete(key);
    },
  };
}
