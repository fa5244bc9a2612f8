export { advanceTo, allOf, settle, type Timekept } from "./advance.ts";
export type { Clock, MovableClock } from "./clock.ts";
export { openMovableClock } from "./movable.ts";
export { spanMs } from "./span.ts";
export { systemClock } from "./system.ts";
