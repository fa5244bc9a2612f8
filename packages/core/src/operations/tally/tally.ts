import * as z from "zod";
import { InstantInput, LocalDate } from "../../platform/schemas.ts";

/** What runs add up to. */
export interface Tally {
  readonly completed: number;
  readonly failed: number;
  readonly cancelled: number;
  /** Milliseconds that steps were at work. */
  readonly executionTime: number;
  /** How many runs each workflow had. */
  readonly workflows: Readonly<Record<string, number>>;
  /** How many runs failed with each kind of error. */
  readonly errors: Readonly<Record<string, number>>;
}

/** As much of a run as adds up. */
export interface Run {
  readonly workflow: string;
  readonly status: "completed" | "failed" | "cancelled";
  readonly executionTime?: number | undefined;
  readonly errorKind?: string | undefined;
}

export const nothing: Tally = {
  completed: 0,
  failed: 0,
  cancelled: 0,
  executionTime: 0,
  workflows: {},
  errors: {},
};

export const tallyOf = (runs: readonly Run[]): Tally =>
  runs.reduce(
    (sum, { workflow, status, executionTime = 0, errorKind }) =>
      together(sum, {
        ...nothing,
        [status]: 1,
        executionTime,
        workflows: { [workflow]: 1 },
        errors: errorKind === undefined ? {} : { [errorKind]: 1 },
      }),
    nothing,
  );

/** Two tallies as one. */
export const together = (a: Tally, b: Tally): Tally => ({
  completed: a.completed + b.completed,
  failed: a.failed + b.failed,
  cancelled: a.cancelled + b.cancelled,
  executionTime: a.executionTime + b.executionTime,
  workflows: summed(a.workflows, b.workflows),
  errors: summed(a.errors, b.errors),
});

const summed = (a: Tally["errors"], b: Tally["errors"]): Tally["errors"] => {
  const sum = { ...a };
  for (const [name, count] of Object.entries(b)) sum[name] = (sum[name] ?? 0) + count;
  return sum;
};

export const executionsOf = ({ completed, failed, cancelled }: Tally): number =>
  completed + failed + cancelled;

/** Of what came to an end by itself, how much completed: from 0 to 1, and 1 where nothing ran. */
export const successRateOf = ({ completed, failed }: Tally): number =>
  completed + failed === 0 ? 1 : completed / (completed + failed);

/** Milliseconds that the steps of a run were at work. */
export const averageOf = (tally: Tally): number =>
  executionsOf(tally) === 0 ? 0 : Math.round(tally.executionTime / executionsOf(tally));

const Rate = z.number().min(0).max(1).meta({
  description: "Completed runs among those that completed or failed, from 0 to 1; 1 where nothing ran",
});
const Average = z.int().min(0).meta({
  description: "Milliseconds that the steps of a run are at work, in the mean; sleeping is none of it",
});

export const Rates = z.object({ successRate: Rate, averageExecutionTime: Average });

/** How the workflows did in a stretch of time. */
export const Executions = Rates.extend({
  totalExecutions: z.int().min(0),
  mostActiveWorkflows: z.array(z.object({ workflow: z.string(), executions: z.int() })),
  errorBreakdown: z.array(z.object({ error: z.string(), count: z.int() })),
});
export type Executions = z.infer<typeof Executions>;

const Day = z.union([InstantInput, LocalDate]).meta({ description: "A day in UTC, or an instant in it" });

/** Which days are asked about, both included: the last seven when nothing is said. */
export const ExecutionsQuery = z.object({ from: Day.optional(), to: Day.optional() });
export type ExecutionsQuery = z.infer<typeof ExecutionsQuery>;
