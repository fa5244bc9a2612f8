/** Events held back until a quiet moment (debounce) or until there are enough (batch). */
export interface Gathering {
  readonly id: string;
  readonly functionId: string;
  readonly eventIds: readonly string[];
  /** The job that starts the run. */
  readonly jobId: string;
  /** A debounce is not put off beyond this (epoch milliseconds). */
  readonly deadline?: number;
}
