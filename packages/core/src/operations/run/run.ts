import * as z from "zod";
import { Instant, InstantInput, LocalDate, Refusal } from "../../platform/schemas.ts";

/** How a run ended. One that is under way has no line in the log yet. */
export const RunStatus = z.enum(["completed", "failed", "cancelled"]);
export type RunStatus = z.infer<typeof RunStatus>;

/** An event as it travelled: its people are sealed, and stay so. */
export interface Trigger {
  readonly name: string;
  readonly id: string;
  /** Epoch milliseconds. */
  readonly ts: number;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Why a run failed, in words that name nobody. */
export interface RunError {
  /** What tells one kind of failure from another: the type of a refusal, else the error's name. */
  readonly kind: string;
  readonly message: string;
}

/** A run that has ended, as the workflow service tells of it. */
export interface Ended {
  /** A ULID. */
  readonly runId: string;
  readonly workflow: string;
  readonly status: RunStatus;
  readonly endedAt: Instant;
  readonly error?: RunError;
  /** What it began with: one event, or those that were gathered; none for a run that a schedule began. */
  readonly triggers: readonly Trigger[];
}

const Milliseconds = z.int().min(0);

/** One line of the run log. */
export const RunView = z.object({
  runId: z.string(),
  workflow: z.string(),
  status: RunStatus,
  startedAt: Instant,
  endedAt: Instant,
  duration: Milliseconds.meta({ description: "Milliseconds from beginning to end, sleeping included" }),
  executionTime: Milliseconds.meta({ description: "Milliseconds that its steps were at work" }),
  steps: z.int().min(0).meta({ description: "How often a step ran, repetitions included" }),
  failedAttempts: z.int().min(0).meta({ description: "How many of these failed" }),
  error: z.object({ kind: z.string(), message: z.string() }).optional(),
  trigger: z.object({ event: z.string(), id: z.string() }),
  retryOf: z.string().optional().meta({ description: "The failed run that this one repeats" }),
  retriedAt: Instant.optional(),
  retriedAs: z.string().optional().meta({ description: "The run that repeated it, once that has ended" }),
  retryStatus: RunStatus.optional(),
});
export type RunView = z.infer<typeof RunView>;

/** A moment, or a whole UTC day. */
const Moment = z.union([InstantInput, LocalDate]).meta({ description: "An instant, or a day in UTC" });

/** What the log is asked: the runs that ended from `from` up to `to`; a day as `to` is included. */
export const RunQuery = z.object({
  status: RunStatus.optional(),
  workflow: z.string().max(100).optional(),
  from: Moment.optional(),
  to: Moment.optional(),
});
export type RunQuery = z.infer<typeof RunQuery>;

/** Which failed runs are to be repeated; all that are still open when nothing is said. */
export const RetryWish = RunQuery.omit({ status: true });
export type RetryWish = z.infer<typeof RetryWish>;

export const Retried = z.object({
  retried: z.int().meta({ description: "Failed runs that were found" }),
  success: z.int().meta({ description: "Those that begin anew" }),
  failed: z.int().meta({ description: "Those that could not be begun" }),
});
export type Retried = z.infer<typeof Retried>;

/** Only what failed can be repeated, and only what an event began. */
export class NotFailed extends Refusal {
  constructor(runId: string, status: RunStatus) {
    super("run-not-failed", "Only a failed run can be retried.", { runId, status });
  }
}

/** It was begun anew before; the failure of that is a run of its own. */
export class AlreadyRetried extends Refusal {
  constructor(runId: string, retriedAs?: string) {
    super("already-retried", "This run has been retried already.", {
      runId,
      ...(retriedAs && { retriedAs }),
    });
  }
}
