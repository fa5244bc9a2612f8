import type { Clock } from "./clock.ts";

/** The time of this machine. */
export const systemClock: Clock = { now: () => Date.now() };
