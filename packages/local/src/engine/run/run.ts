export type RunStatus = "Running" | "Completed" | "Failed" | "Cancelled";

/** An error as the SDK serialises it. */
export interface RunError {
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
}

/** One execution of a function. Its steps are rows of their own. */
export interface Run {
  readonly id: string;
  readonly functionId: string;
  /** Engine ids of the events it was started with: one, or a batch. */
  readonly eventIds: readonly string[];
  /** Set on a run that a schedule started. */
  readonly cron?: string;
  readonly status: RunStatus;
  readonly queuedAt: number;
  /** When its app was called first. */
  readonly startedAt?: number;
  readonly endedAt?: number;
  /** How the SDK wants to be spoken to: -1 until its first answer. */
  readonly version: number;
  /** While parallel steps are open, the app must report steps before it executes them. */
  readonly forcePlan: boolean;
  /** Steps of a parallel group that must end before the app is asked what comes next. */
  readonly pending: readonly string[];
  /** Size of all step results as JSON, in characters. */
  readonly stateSize: number;
  /** Values of the concurrency keys, taken from the event that started it. */
  readonly slots: readonly Slot[];
  /** Value of the singleton's key. */
  readonly singleton?: string;
  readonly output?: unknown;
  readonly error?: RunError;
}

/** A place that an executing step takes: at most `limit` steps share `key` at a time. */
export interface Slot {
  readonly key: string;
  readonly limit: number;
}

export type StepStatus = "planned" | "sleeping" | "waiting" | "retrying" | "completed" | "failed" | "given";

/** What is known of one step of a run. Its id among the rows is `<run>/<hash>`. */
export interface Step {
  readonly runId: string;
  /** The SDK's id of the step: SHA-1 of the id in the code, with `:1`, `:2` … when it repeats. */
  readonly hash: string;
  /** The id in the code, with its index when it repeats. */
  readonly id: string;
  readonly name: string;
  readonly op: string;
  readonly type?: string;
  readonly status: StepStatus;
  /** In a race the run goes on when the first of a group ends. */
  readonly race: boolean;
  readonly reportedAt: number;
  /** When it will wake or give up waiting. */
  readonly until?: number;
  readonly endedAt?: number;
  /** Position among the steps of its run in order of ending; undefined until it ends. */
  readonly order?: number;
  /** What the SDK is given in place of executing the step again. */
  readonly memo?: unknown;
  readonly error?: RunError;
}

export function stepKey(runId: string, hash: string): string {
  return `${runId}/${hash}`;
}
