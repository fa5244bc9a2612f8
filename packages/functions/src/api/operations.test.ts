import { Run } from "@turno/core/operations";
import { workflowIds } from "@turno/workflows/ids";
import { beforeAll, expect, test } from "vitest";
import { aDesk, type Desk } from "../testing/index.ts";

let desk: Desk;

beforeAll(async () => {
  desk = await aDesk();
});

/** A run of the clinic that has failed. */
async function failed(workflow = "appointment-cancellation") {
  const { context, practice } = desk;
  const runId = context.newUlid();
  context.pass({ seconds: 1 });
  await Run.record(context, {
    ...{ runId, workflow, status: "failed", endedAt: context.now() },
    error: { kind: "busy", message: "busy: Too much is happening at once." },
    triggers: [{ name: "reservation/cancelled", id: "1", ts: 0, data: { profileId: practice.profileId } }],
  });
  return runId;
}

const admin = "admin" as const;

test("an admin sees how the workflows are, and what is missing", async () => {
  const { status, body } = await desk.call("getWorkflowHealth", { as: admin });
  expect(status).toBe(200);
  expect(body).toMatchObject({ totalWorkflows: workflowIds.length, successRate: 1, averageExecutionTime: 0 });
  expect(body.checks).toContainEqual({
    ...{ name: "slots", status: "trouble", count: 1, about: [desk.practice.profileId] },
  });
});

test("an admin finds what failed, page by page, and begins it anew", async () => {
  const [first, second] = [await failed(), await failed()];
  const query = { status: "failed", from: "2026-03-02", limit: "1" };
  const page = await desk.call("listRuns", { as: admin, query });
  expect(page.body.items).toMatchObject([{ runId: second, error: { kind: "busy" }, executionTime: 0 }]);
  const next = { ...query, cursor: String(page.body.nextCursor) };
  const rest = await desk.call("listRuns", { as: admin, query: next });
  expect(rest.body.items).toMatchObject([{ runId: first }]);
  const other = { ...next, status: "completed" };
  expect((await desk.call("listRuns", { as: admin, query: other })).status).toBe(422);

  const calling = { as: admin, params: { runId: first }, headers: { "idempotency-key": "again" } };
  for (const _ of [1, 2]) {
    const { status, body } = await desk.call("retryRun", calling);
    expect([status, body]).toEqual([202, { runId: first, workflow: "appointment-cancellation" }]);
  }
  const refused = await desk.call("retryRun", { as: admin, params: { runId: first } });
  expect([refused.status, refused.body.type]).toEqual([409, "urn:turno:problem:already-retried"]);
  const together = await desk.call("retryFailedRuns", { as: admin, body: {} });
  expect([together.status, together.body]).toEqual([200, { retried: 1, success: 1, failed: 0 }]);
});

test("an admin sees what the workflows did", async () => {
  await failed("request-decision");
  const { status, body } = await desk.call("getWorkflowAnalytics", {
    as: admin,
    query: { from: "2026-03-01" },
  });
  expect(status).toBe(200);
  expect(body).toMatchObject({ successRate: 0, averageExecutionTime: 0 });
  expect(body.mostActiveWorkflows).toContainEqual({ workflow: "request-decision", executions: 1 });
});

test.each(["getWorkflowHealth", "listRuns", "retryFailedRuns", "getWorkflowAnalytics"] as const)(
  "%s is for admins",
  async (route) => {
    for (const as of ["doctor", "nurse"] as const) {
      const { status } = await desk.call(route, { as, ...(route === "retryFailedRuns" && { body: {} }) });
      expect(status).toBe(403);
    }
  },
);
