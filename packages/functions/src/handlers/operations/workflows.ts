import { Run, Tally, Watch } from "@turno/core/operations";
import { workflowIds } from "@turno/workflows/ids";
import type { Handlers } from "../../pipeline/handler.ts";

export const workflows = {
  getWorkflowHealth: ({ context, actor }) => Watch.health(context, actor, workflowIds),
  listRuns: ({ context, actor, query: { limit, cursor, ...query } }) =>
    Run.list(context, actor, query, { limit, cursor }),
  retryRun: ({ context, actor, params, operation }) =>
    Run.retry(context, actor, { runId: params.runId, operation }),
  retryFailedRuns: ({ context, actor, body, operation }) => Run.retryFailed(context, actor, body, operation),
  getWorkflowAnalytics: ({ context, actor, query }) => Tally.executions(context, actor, query),
} satisfies Handlers<"operations">;
