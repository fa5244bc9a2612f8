import { expect, test } from "vitest";
import { workflowsOf } from "./workflows.ts";

/** A line of the run log, as it is stored. */
const run = (runId: string, status: string, repeated: { rr?: string; rs?: string } = {}) => ({
  ...{ __edb_e__: "run", runId, wf: "request-approval", status, ms: 100 },
  ...(repeated.rr && { ra: "2040-03-06T12:00:00.000Z" }),
  ...repeated,
});

test("a failed run is recovered when its last repetition ended as it should", () => {
  const { recovered, succeeded } = workflowsOf([
    run("once", "failed", { rr: "done", rs: "completed" }),
    run("twice", "failed", { rr: "again", rs: "failed" }),
    run("again", "failed", { rr: "ended", rs: "cancelled" }),
    run("done", "completed"),
    run("ended", "cancelled"),
  ]);
  expect(recovered).toEqual({ checked: 3, wrong: [] });
  expect(succeeded).toMatchObject({ checked: 5, wrong: { length: 3 } });
});

test("one is not whose repetition failed as well, or has not ended", () => {
  const { recovered } = workflowsOf([
    run("given up", "failed", { rr: "failed too", rs: "failed" }),
    run("failed too", "failed"),
    run("under way", "failed", { rr: "not ended" }),
    run("let be", "failed"),
  ]);
  expect(recovered).toEqual({
    checked: 2,
    wrong: ["request-approval given up:", "request-approval under way:"],
  });
});
