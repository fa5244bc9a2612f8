/**
 * The one clock of the local runtime: real time plus an offset that only grows.
 *
 * Domain, workflows and engine all read it, so that ten days can pass in seconds. Signatures and staff tokens keep
 * to the real clock, as the services that check them do.
 */
export interface Clock {
  /** Milliseconds since the epoch, in clinic time. */
  now(): number;
}

export interface MovableClock extends Clock {
  /** Moves the clock forward to `instant` (epoch milliseconds); a moment that has already passed changes nothing. */
  moveTo(instant: number): void;
}
