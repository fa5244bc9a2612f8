import {
  Executions,
  ExecutionsQuery,
  Health,
  Retried,
  RetryWish,
  RunQuery,
  RunView,
} from "@turno/core/schemas";
import * as z from "zod";
import { staff } from "../access.ts";
import { pageOf, pageQuery } from "../page.ts";
import { route } from "../route.ts";

const context = "operations";
const access = staff("admin");

export const getWorkflowHealth = route({
  id: "getWorkflowHealth",
  method: "GET",
  path: "/v1/workflows/health",
  context,
  access,
  summary: "How the workflows are",
  description:
    "Those of the clinic in the last 24 hours, and those that work for all clinics. What should have been done is compared with what was at the time of the call, so that it is also right when nothing runs any more.",
  responses: { 200: Health.meta({ id: "WorkflowHealth" }) },
  failures: [],
});

export const listRuns = route({
  id: "listRuns",
  method: "GET",
  path: "/v1/workflows/runs",
  context,
  access,
  summary: "The runs of workflows that have ended, newest first",
  description:
    "Those of the clinic; what a run did for all clinics is in no list. From a time up to, not including, another, or of days in UTC. They are kept for 90 days.",
  query: z.strictObject({ ...RunQuery.shape, ...pageQuery({ usual: 50, most: 100 }) }),
  responses: { 200: pageOf(RunView.meta({ id: "WorkflowRun" })) },
  failures: [],
});

export const retryRun = route({
  id: "retryRun",
  method: "POST",
  path: "/v1/workflows/runs/{runId}/retry",
  context,
  access,
  summary: "Begin a failed run anew",
  description:
    "With the event that it began with. What it had done before it failed is not done again. The run that repeats it is in the list once it has ended, and is named by the failed one.",
  params: z.strictObject({ runId: z.string().min(1).max(64) }),
  responses: { 202: z.object({ runId: z.string(), workflow: z.string() }) },
  failures: ["not-found", "run-not-failed", "already-retried"],
});

export const retryFailedRuns = route({
  id: "retryFailedRuns",
  method: "POST",
  path: "/v1/workflows/retry-failed",
  context,
  access,
  summary: "Begin failed runs anew",
  description:
    "All that were not retried yet, or those of one workflow or of a stretch of time; a thousand at most. `success` says that they begin: how they end is in the list of runs.",
  body: z.strictObject(RetryWish.shape),
  example: { workflow: "appointment-cancellation", from: "2026-12-01", to: "2026-12-03" },
  responses: { 200: Retried.meta({ id: "RetriedRuns" }) },
  failures: [],
});

export const getWorkflowAnalytics = route({
  id: "getWorkflowAnalytics",
  method: "GET",
  path: "/v1/workflows/analytics",
  context,
  access,
  summary: "What the workflows of the clinic did",
  description: "By days in UTC, both included: the last seven when left out, at most 92.",
  query: z.strictObject(ExecutionsQuery.shape),
  responses: { 200: Executions.meta({ id: "WorkflowAnalytics" }) },
  failures: [],
});
