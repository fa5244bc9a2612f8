import type { Clock } from "./clock.ts";

const longestMs = 60_000;
const pauseAfterFailureMs = 5_000;

/**
 * Rings at a moment of a clock, once. It looks at the clock at least once a minute, since a clock that is moved does
 * not say so.
 */
export class Alarm {
  readonly #clock: Clock;
  readonly #ring: () => void;
  #timer: NodeJS.Timeout | undefined;
  #at: number | undefined;

  constructor(clock: Clock, ring: () => void) {
    this.#clock = clock;
    this.#ring = ring;
  }

  /** Sets the alarm for a moment (epoch milliseconds), in place of the one before; undefined for none. */
  set(at: number | undefined): void {
    if (at === this.#at) return;
    this.clear();
    if (at === undefined) return;
    this.#at = at;
    this.#wait(Math.min(Math.max(at - this.#clock.now(), 0), longestMs));
  }

  /** Rings in a few seconds, whatever was set: what failed just now would fail again at once. */
  snooze(): void {
    this.clear();
    this.#wait(pauseAfterFailureMs);
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#at = undefined;
  }

  #wait(delay: number): void {
    this.#timer = setTimeout(() => {
      this.clear();
      this.#ring();
    }, delay);
  }
}
