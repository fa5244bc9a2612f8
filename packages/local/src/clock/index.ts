export type { Clock, MovableClock } from "./clock.ts";
export { openMovableClock } from "./movable.ts";
export { systemClock } from "./system.ts";
