import type { Context } from "../context.ts";
import { finishRun } from "../run/finish.ts";
import type { Execution, Job } from "../run/job.ts";
import { expirePause, wakeSleeper } from "../run/resume.ts";
import { release } from "../start/gather.ts";
import { handleEvent, handleTick } from "../start/trigger.ts";

/** Does a job that needs no call to an app. */
export function dispatch(context: Context, job: Exclude<Job, Execution>): void {
  switch (job.kind) {
    case "event":
      handleEvent(context, job.eventId);
      break;
    case "tick":
      handleTick(context, job.functionId, job.cron, job.at);
      break;
    case "release":
      release(context, job.gatheringId);
      break;
    case "wake":
      wakeSleeper(context, job.runId, job.hash);
      break;
    case "expire":
      expirePause(context, job.pauseId);
      break;
    case "startTimeout":
      if (context.store.runs.get(job.runId)?.startedAt === undefined) cancel(context, job.runId);
      break;
    case "finishTimeout":
      cancel(context, job.runId);
      break;
    default:
      job satisfies never;
  }
}

function cancel(context: Context, runId: string): void {
  finishRun(context, runId, { status: "Cancelled" });
}
