import type { Reply } from "../call/reply.ts";
import type { Context } from "../context.ts";
import type { Definition } from "../definition/definition.ts";
import { finishRun } from "./finish.ts";
import type { Execution } from "./job.ts";
import { applyOperations } from "./operation.ts";
import { retryLater } from "./retry.ts";

/**
 * Takes what an app answered to a call. The answer of a run that was cancelled meanwhile is ignored: with the run its
 * jobs went.
 */
export function applyReply(context: Context, definition: Definition, job: Execution, reply: Reply): void {
  const { store } = context;
  if (!store.jobs.get(job.id)) return;
  store.jobs.delete(job.id);
  if (reply.kind === "operations") {
    applyOperations(context, definition, job, reply);
  } else if (reply.kind === "returned") {
    finishRun(context, job.runId, { status: "Completed", output: reply.output });
  } else if (reply.retriable && job.attempt + 1 < definition.maxAttempts) {
    retryLater(context, job, reply.retryAfter);
  } else {
    finishRun(context, job.runId, { status: "Failed", error: reply.error });
  }
}
