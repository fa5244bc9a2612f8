import { join } from "node:path";
import { overwrite, readIfThere, writeAtomically } from "../disk/index.ts";
import type { Clock, MovableClock } from "./clock.ts";
import { systemClock } from "./system.ts";

/** The last moment a Date can hold, in epoch milliseconds (ECMAScript, 21.4.1.1). */
const END_OF_TIME = 8.64e15;

/** The length of every text of the file, so that one can take the place of another. */
const LENGTH = 40;

/**
 * Opens the movable clock of a state folder. Its offset is kept in `clock.json`, so that a restart does not go back
 * to before what has already happened.
 *
 * @throws Error when the file does not hold an offset.
 */
export function openMovableClock(stateDir: string, real: Clock = systemClock): MovableClock {
  const path = join(stateDir, "clock.json");
  let offsetMs = readOffset(path);
  let isPadded = false;
  const now = () => real.now() + offsetMs;
  return {
    now,
    moveTo(instant) {
      if (!(Math.abs(instant) <= END_OF_TIME)) throw new RangeError(`${instant} is not a moment in time`);
      if (instant <= now()) return;
      const moved = instant - real.now();
      const text = `${JSON.stringify({ offsetMs: moved }).padEnd(LENGTH)}\n`;
      // Ten days are thousands of moves.
      if (isPadded) overwrite(path, text);
      else writeAtomically(path, text, { survives: "process" });
      isPadded = true;
      offsetMs = moved;
    },
  };
}

function readOffset(path: string): number {
  const text = readIfThere(path);
  if (text === undefined) return 0;
  const { offsetMs } = JSON.parse(text) as { offsetMs?: unknown };
  if (typeof offsetMs !== "number" || offsetMs < 0)
    throw new Error(`${path} does not hold the offset of a clock`);
  return offsetMs;
}
