import type { Context } from "../context.ts";

/** Something to do at a moment of the engine's clock. Due jobs go by (at, seq). */
export type Job = JobTime & Task;

export interface JobTime {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly seq: number;
}

export type Task =
  | { readonly kind: "event"; readonly eventId: string }
  | { readonly kind: "tick"; readonly functionId: string; readonly cron: string }
  | { readonly kind: "release"; readonly gatheringId: string }
  /** Call the app: for `step` what comes next in the run, else the planned step of that hash. */
  | { readonly kind: "execute"; readonly runId: string; readonly stepId: string; readonly attempt: number }
  | { readonly kind: "wake"; readonly runId: string; readonly hash: string }
  | { readonly kind: "expire"; readonly runId: string; readonly pauseId: string }
  | { readonly kind: "startTimeout" | "finishTimeout"; readonly runId: string };

export type Execution = Extract<Job, { kind: "execute" }>;

/** The step id that asks an app for whatever comes next. */
export const discovery = "step";

export function runOf(job: Job): string | undefined {
  return "runId" in job ? job.runId : undefined;
}

/** Puts a task into the queue, for a moment in epoch milliseconds, and gives the job's id. */
export function enqueue({ store }: Context, task: Task, at: number): string {
  const seq = store.next();
  const id = String(seq);
  store.jobs.put(id, { ...task, id, at, seq });
  return id;
}
