interface Plan {
  readonly at: number;
  readonly deed: () => Promise<void>;
}

/** What people mean to do, by the time at which they will. */
export interface Plans {
  add(at: number, deed: () => Promise<void>): void;
  /** Takes out what is due, in the order of its time. */
  due(now: number): (() => Promise<void>)[];
}

export function plans(): Plans {
  let waiting: Plan[] = [];
  return {
    add: (at, deed) => void waiting.push({ at, deed }),
    due(now) {
      const due = waiting.filter(({ at }) => at <= now).sort((a, b) => a.at - b.at);
      waiting = waiting.filter(({ at }) => at > now);
      return due.map(({ deed }) => deed);
    },
  };
}
