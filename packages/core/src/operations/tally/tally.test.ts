import { beforeEach, describe, expect, test } from "vitest";
import type { Staff } from "../../platform/index.ts";
import { rowsOf, type TestContext, testContext } from "../../testing/index.ts";
import { type RunStatus, record, took } from "../run/index.ts";
import { executions, rollUp } from "./index.ts";

const mine = "org_01KJQWXR3M8Q6V9T2KZB4N7HC5";
const other = "org_01KJQWXR3M8Q6V9T2KZB4N7HC6";

const adminOf = (organizationId: string): Staff => ({
  kind: "staff",
  organizationId,
  memberId: "mem_01KJQWXR3M8Q6V9T2KZB4N7HC5",
  roles: ["admin"],
  careTeams: [],
});

let context: TestContext;

beforeEach(async () => {
  context = await testContext();
});

async function ran(
  at: string,
  status: RunStatus,
  { workflow = "request-approval", kind = "busy", owner = mine } = {},
) {
  context.at(at);
  const runId = context.newUlid();
  await took(context, runId, { milliseconds: 100, failed: false });
  await record(context, {
    ...{ runId, workflow, status, endedAt: context.now() },
    ...(status === "failed" && { error: { kind, message: "" } }),
    triggers: [{ name: "appointment/reminder", id: "1", ts: 0, data: { organizationId: owner } }],
  });
}

/** Three days with runs, the last of them today. */
async function threeDays() {
  await ran("2026-03-04T09:00:00.000Z", "completed");
  await ran("2026-03-04T23:59:59.999Z", "failed");
  await ran("2026-03-05T00:00:00.000Z", "failed", { kind: "not-found" });
  await ran("2026-03-05T12:00:00.000Z", "failed", { workflow: "request-decision" });
  await ran("2026-03-05T13:00:00.000Z", "completed", { owner: other });
  await ran("2026-03-06T12:00:00.000Z", "cancelled");
}

const all = {
  totalExecutions: 5,
  successRate: 0.25,
  averageExecutionTime: 100,
  mostActiveWorkflows: [
    { workflow: "request-approval", executions: 4 },
    { workflow: "request-decision", executions: 1 },
  ],
  errorBreakdown: [
    { error: "busy", count: 2 },
    { error: "not-found", count: 1 },
  ],
};

describe("what workflows did", () => {
  test("is the same before it was added up, and after", async () => {
    await threeDays();
    expect(await executions(context, adminOf(mine), {})).toEqual(all);
    await rollUp(context, mine);
    await rollUp(context, mine);
    expect(await rowsOf(context, "tally")).toHaveLength(2);
    expect(await executions(context, adminOf(mine), {})).toEqual(all);
  });

  test("counts what is told late, when it is added up again", async () => {
    await threeDays();
    await rollUp(context, mine);
    await ran("2026-03-05T12:00:00.000Z", "failed");
    context.at("2026-03-06T18:00:00.000Z");
    await rollUp(context, mine);
    expect(await executions(context, adminOf(mine), {})).toMatchObject({ totalExecutions: 6 });
  });

  test("is that of the days asked for, written as days or as times", async () => {
    await threeDays();
    const totalOf = async (query: { from?: string; to?: string }) =>
      (await executions(context, adminOf(mine), query)).totalExecutions;
    expect(await totalOf({ from: "2026-03-05", to: "2026-03-05" })).toBe(2);
    expect(await totalOf({ from: "2026-03-05T10:00:00Z" })).toBe(3);
    expect(await totalOf({ to: "2026-03-04" })).toBe(2);
    expect(await totalOf({ from: "2026-03-06", to: "2026-03-05" })).toBe(0);
    expect(await totalOf({ from: "2025-12-05" })).toBe(5);
    await expect(totalOf({ from: "2025-12-04" })).rejects.toMatchObject({ type: "invalid" });
  });

  test("is an admin's to know, of the own clinic", async () => {
    await threeDays();
    expect(await executions(context, adminOf(other), {})).toMatchObject({
      totalExecutions: 1,
      successRate: 1,
    });
    const nurse = { ...adminOf(mine), roles: ["nurse" as const] };
    await expect(executions(context, nurse, {})).rejects.toMatchObject({ type: "forbidden" });
  });
});
