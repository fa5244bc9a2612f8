import type { Clock } from "../clock/clock.ts";
import type { Store } from "./state/store.ts";

export interface Settings {
  /** From 0 to 1: how much of thirty seconds is added to a wait before a retry. */
  readonly jitter: () => number;
  /** The longest sleep a run may ask for, in milliseconds. */
  readonly maxSleepMs: number;
  /** Key of the app and the engine, `signkey-<env>-<hex>`; without one nothing is signed. */
  readonly signingKey: string | undefined;
}

/** What every part of the engine works with. */
export interface Context {
  readonly clock: Clock;
  readonly store: Store;
  readonly settings: Settings;
  /** A new ULID in the engine's time. */
  readonly newId: () => string;
  /** Ids of the jobs whose call to an app has not been answered yet. */
  readonly inFlight: ReadonlySet<string>;
}
