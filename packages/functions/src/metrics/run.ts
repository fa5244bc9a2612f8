import { Middleware } from "inngest";
import type { Measure } from "./metric.ts";

/**
 * Counts the runs of workflows that end, and times each call that brings one further.
 *
 * A run sleeps for days; what a call takes is what says whether something is slow.
 */
export const runMetrics = (measure: Measure) =>
  class RunMetrics extends Middleware.BaseMiddleware {
    readonly id = "run-metrics";

    override async wrapRequest({ next }: Middleware.WrapRequestArgs): Promise<Middleware.Response> {
      const began = performance.now();
      try {
        return await next();
      } finally {
        measure({ WorkflowDuration: Math.round(performance.now() - began) });
      }
    }

    override onRunComplete({ fn, output }: Middleware.OnRunCompleteArgs): void {
      // What writes down that runs have ended would count each of them twice.
      if (fn.opts.id === "record-run") return;
      const created = createdIn(output);
      measure({ WorkflowExecutions: 1, ...(created !== undefined && { SlotsGenerated: created }) });
    }

    override onRunError({ isFinalAttempt }: Middleware.OnRunErrorArgs): void {
      if (isFinalAttempt) measure({ WorkflowExecutions: 1, WorkflowFailures: 1 });
    }
  };

/** What a workflow that generates slots answers with. */
const createdIn = (output: unknown): number | undefined =>
  typeof output === "object" && output !== null && "created" in output && typeof output.created === "number"
    ? output.created
    : undefined;
