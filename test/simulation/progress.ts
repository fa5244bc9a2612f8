import { progressOn } from "../bench/report/progress.ts";

const WIDTH = 30;

/** How far a month is. */
export interface Progress {
  /** From 0 to 1. */
  readonly share: number;
  /** The clock, in epoch milliseconds. */
  readonly now: number;
  readonly bookings: number;
}

/** How far they are as a whole; the clock is that of whoever is last. */
export function together(stages: readonly Progress[]): Progress {
  const sum = (number: (stage: Progress) => number): number =>
    stages.reduce((total, stage) => total + number(stage), 0);
  return {
    share: sum(({ share }) => share) / stages.length,
    now: Math.min(...stages.map(({ now }) => now)),
    bookings: sum(({ bookings }) => bookings),
  };
}

/** A bar at the bottom of a terminal; elsewhere a line for every tenth, so that a log shows that it goes on. */
export function barOn(stream: NodeJS.WriteStream): {
  show(progress: Progress): void;
  clear(): void;
} {
  const progress = progressOn(stream);
  const began = performance.now();
  let tenths = -1;
  return {
    show({ share, now, bookings }) {
      const done = Math.round(share * WIDTH);
      const bar = "█".repeat(done) + "░".repeat(WIDTH - done);
      const seconds = (performance.now() - began) / 1000;
      const left = share > 0.02 ? `, ${Math.ceil((seconds / share) * (1 - share))} s to go` : "";
      const date = new Date(now).toISOString().slice(0, 10);
      const line = `${bar} ${String(Math.floor(share * 100)).padStart(3)} %  ${date}, ${bookings} bookings${left}`;
      progress.say(line);
      if (stream.isTTY || Math.floor(share * 10) === tenths) return;
      tenths = Math.floor(share * 10);
      stream.write(`${line}\n`);
    },
    clear: () => progress.clear(),
  };
}
