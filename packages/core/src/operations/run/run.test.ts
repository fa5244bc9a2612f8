import { beforeEach, describe, expect, test } from "vitest";
import { idFrom, type Staff } from "../../platform/index.ts";
import {
  factsOf,
  interfere,
  meter,
  once,
  outcomesOf,
  rowsOf,
  type TestContext,
  testContext,
} from "../../testing/index.ts";
import type { Ended, RunQuery } from "./index.ts";
import { errorOf, find, list, record, retry, retryFailed, took, unwrapped } from "./index.ts";

// Monday, 2 March 2026, 15:00 in UTC: the time at which tests begin.
const AT_THREE = "2026-03-02T15:00:00.000Z";

const mine = "org_01KJQWXR3M8Q6V9T2KZB4N7HC5";
const other = "org_01KJQWXR3M8Q6V9T2KZB4N7HC6";

const adminOf = (organizationId: string, roles: Staff["roles"] = ["admin"]): Staff => ({
  kind: "staff",
  organizationId,
  memberId: "mem_01KJQWXR3M8Q6V9T2KZB4N7HC5",
  roles,
  careTeams: [],
});

let context: TestContext;

beforeEach(async () => {
  context = await testContext();
});

const trigger = (organizationId?: string) => ({
  name: "appointment/reminder",
  id: "appointment/reminder:1",
  ts: Date.parse(AT_THREE),
  data: { reservationId: "res_1", patientPhone: "sealed.v1.abc", ...(organizationId && { organizationId }) },
});

const failure = { kind: "TypeError", message: "A step failed with TypeError." };

/** A run that began now and ended ten seconds later, into the log. */
async function ended(changes: Partial<Ended> = {}, organizationId: string | undefined = mine) {
  const runId = context.newUlid();
  context.pass({ seconds: 10 });
  const run: Ended = {
    runId,
    workflow: "appointment-reminder",
    status: "completed",
    endedAt: context.now(),
    triggers: [trigger(organizationId)],
    ...changes,
  };
  await record(context, run);
  return run;
}

const failed = (changes: Partial<Ended> = {}, organizationId = mine) =>
  ended({ status: "failed", error: failure, ...changes }, organizationId);

const logOf = async (query: RunQuery = {}, actor = adminOf(mine)) =>
  (await list(context, actor, query, { limit: 50 })).items;

describe("a run in the log", () => {
  test("says what it was, how long it went and how long it was at work", async () => {
    const runId = context.newUlid();
    await took(context, runId, { milliseconds: 120, failed: false });
    await took(context, runId, { milliseconds: 80, failed: true });
    expect(await logOf()).toEqual([]);
    await failed({ runId });
    expect(await logOf()).toEqual([
      {
        runId,
        workflow: "appointment-reminder",
        status: "failed",
        startedAt: AT_THREE,
        endedAt: "2026-03-02T15:00:10.000Z",
        duration: 10_000,
        executionTime: 200,
        steps: 2,
        failedAttempts: 1,
        error: failure,
        trigger: { event: "appointment/reminder", id: "appointment/reminder:1" },
      },
    ]);
  });

  test("is one line, however often and in whatever order its end is told", async () => {
    const run = await failed();
    await record(context, { ...run, endedAt: "2026-03-02T15:00:11.000Z" });
    await record(context, { ...run, status: "completed" });
    expect(await logOf()).toMatchObject([{ status: "failed", endedAt: run.endedAt }]);
    const { runId } = await ended();
    await record(context, { ...run, runId, status: "cancelled" });
    await record(context, { ...run, runId, status: "completed" });
    expect(await logOf()).toMatchObject([{ status: "cancelled" }, { status: "failed" }]);
    expect(await rowsOf(context, "run")).toHaveLength(2);
  });

  test("is kept for ninety days, with what it began with as it travelled where it did not complete", async () => {
    await ended();
    await failed();
    const rows = await rowsOf(context, "run");
    const ninetyDays = Date.parse("2026-05-31T15:00:00.000Z") / 1000;
    for (const { ttl } of rows) expect(Number(ttl) - ninetyDays).toBeLessThan(60);
    expect(rows.map(({ status, tr }) => [status, tr !== undefined]).sort()).toEqual([
      ["completed", false],
      ["failed", true],
    ]);
    const [{ runId } = { runId: "" }] = await logOf({ status: "failed" });
    expect((await find(context, runId))?.triggers).toEqual([trigger(mine)]);
  });

  test("costs one unit for each step, and four for its end", async () => {
    const measured = meter(context);
    const runId = context.newUlid();
    await took(context, runId, { milliseconds: 120, failed: false });
    expect(measured.take().writeUnits).toBe(1);
    await ended({ runId });
    expect(measured.take().writeUnits).toBeLessThanOrEqual(4);
  });
});

describe("the log of a clinic", () => {
  test("is newest first over the days, and holds what ended from a time up to another", async () => {
    const { runId: first } = await ended();
    context.at("2026-03-04T00:00:00.000Z");
    const { runId: second } = await ended({ workflow: "request-approval" });
    const { runId: third } = await failed();
    const ids = async (query: RunQuery) => (await logOf(query)).map(({ runId }) => runId);
    expect(await ids({})).toEqual([third, second, first]);
    expect(await ids({ workflow: "request-approval" })).toEqual([second]);
    expect(await ids({ status: "failed" })).toEqual([third]);
    expect(await ids({ status: "completed", workflow: "appointment-reminder" })).toEqual([first]);
    expect(await ids({ from: "2026-03-03", to: "2026-03-04" })).toEqual([third, second]);
    expect(await ids({ to: "2026-03-02" })).toEqual([first]);
    expect(await ids({ from: "2026-03-04T00:00:15Z" })).toEqual([third]);
    expect(await ids({ from: "2026-03-05" })).toEqual([]);
  });

  test("comes in pages that together hold every run once", async () => {
    const made = [];
    for (let run = 0; run < 5; run++) made.push((await ended()).runId);
    for (const query of [{}, { workflow: "appointment-reminder" }]) {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await list(context, adminOf(mine), query, { limit: 2, cursor });
        seen.push(...page.items.map(({ runId }) => runId));
        cursor = page.nextCursor;
      } while (cursor);
      expect(seen).toEqual(made.reverse());
      made.reverse();
    }
  });

  test("holds no other clinic's runs, and none that were for the whole stage", async () => {
    await ended({}, other);
    await ended({ triggers: [] });
    await ended({ triggers: [{ ...trigger(), data: { profileId: idFrom("profile", context.newUlid()) } }] });
    expect(await logOf()).toEqual([]);
    expect(await logOf({ workflow: "appointment-reminder" })).toEqual([]);
    expect(await logOf({}, adminOf(other))).toHaveLength(1);
  });

  test("is for admins alone", async () => {
    for (const actor of [adminOf(mine, ["doctor"]), { kind: "system" }, { kind: "public" }] as const) {
      await expect(list(context, actor, {}, { limit: 1 })).rejects.toMatchObject({ type: "forbidden" });
    }
  });
});

describe("a failed run", () => {
  const again = (runId: string, actor = adminOf(mine), operation = once(context)) =>
    retry(context, actor, { runId, operation });

  test("is begun anew with the very event that it began with, sealed once", async () => {
    const { runId } = await failed();
    expect(await again(runId)).toEqual({ runId, workflow: "appointment-reminder" });
    const [{ data } = { data: {} }] = await factsOf(context, "workflow/retry");
    const event = { name: "workflow/retry", id: "workflow/retry:1", ts: 0, data };
    expect(unwrapped(event)).toEqual({ ...trigger(mine), retryOf: runId });
    expect(data).toMatchObject({ retry: { workflow: "appointment-reminder", attempt: 1 } });
    expect(await logOf()).toMatchObject([{ runId, retriedAt: context.now() }]);
  });

  test("shows what became of the run that repeats it, which can be retried when it fails too", async () => {
    const { runId } = await failed();
    await again(runId);
    const [{ data } = { data: {} }] = await factsOf(context, "workflow/retry");
    const triggers = [{ name: "workflow/retry", id: "workflow/retry:1", ts: 0, data }];
    const second = await failed({ triggers });
    expect(await logOf()).toMatchObject([
      { runId: second.runId, retryOf: runId, trigger: { event: "appointment/reminder" } },
      { runId, retriedAs: second.runId, retryStatus: "failed" },
    ]);
    await expect(again(runId)).rejects.toMatchObject({
      type: "already-retried",
      facts: { runId, retriedAs: second.runId },
    });
    await again(second.runId);
    const [, fact] = await factsOf(context, "workflow/retry");
    expect(fact?.data).toMatchObject({
      reservationId: "res_1",
      retry: { runId: second.runId, name: "appointment/reminder", id: "appointment/reminder:1" },
    });
    await ended({ triggers: [{ name: "workflow/retry", id: "workflow/retry:2", ts: 0, data: fact!.data }] });
    expect(await logOf({ status: "failed" })).toMatchObject([
      { runId: second.runId, retryStatus: "completed" },
      { runId, retryStatus: "failed" },
    ]);
  });

  test("is begun once by those who ask at the same time, and by one call that comes twice", async () => {
    const { runId } = await failed();
    const outcomes = await outcomesOf([again(runId), again(runId), again(runId)]);
    expect(outcomes.sort()).toEqual(["already-retried", "already-retried", "done"]);
    const { runId: next } = await failed();
    const operation = once(context);
    await again(next, adminOf(mine), operation);
    await again(next, adminOf(mine), operation);
    expect(await factsOf(context, "workflow/retry")).toHaveLength(2);
  });

  test("is begun or not at all: its event is there when the answer gets lost", async () => {
    const { runId } = await failed();
    const calls = interfere(context, "TransactWriteItems", ["answer lost"]);
    await again(runId);
    expect(calls()).toBe(2);
    expect(await factsOf(context, "workflow/retry")).toHaveLength(1);
  });

  test("may be asked for again when nothing was heard of its retry for an hour", async () => {
    const { runId } = await failed();
    await again(runId);
    context.pass({ minutes: 59 });
    await expect(again(runId)).rejects.toMatchObject({ type: "already-retried" });
    context.pass({ minutes: 1 });
    await again(runId);
    const facts = await factsOf(context, "workflow/retry");
    expect(facts.map(({ data }) => data.retry)).toMatchObject([{ attempt: 1 }, { attempt: 2 }]);
  });

  test("of another clinic is not found, as one that never was, and nobody but admins retries", async () => {
    const { runId } = await failed({}, other);
    await expect(again(runId)).rejects.toMatchObject({ type: "not-found" });
    await expect(again(context.newUlid())).rejects.toMatchObject({ type: "not-found" });
    await expect(again(runId, adminOf(other, ["nurse"]))).rejects.toMatchObject({ type: "forbidden" });
  });

  test("is what can be retried: not one that completed, or was cancelled", async () => {
    for (const status of ["completed", "cancelled"] as const) {
      const { runId } = await ended({ status });
      await expect(again(runId)).rejects.toMatchObject({ type: "run-not-failed", facts: { status } });
    }
  });
});

describe("failed runs together", () => {
  const all = (wish = {}, actor = adminOf(mine)) => retryFailed(context, actor, wish, once(context));

  test("are begun anew, those of the clinic that are open, once", async () => {
    for (let run = 0; run < 12; run++) await failed();
    await ended();
    await failed({}, other);
    expect(await all()).toEqual({ retried: 12, success: 12, failed: 0 });
    expect(await all()).toEqual({ retried: 0, success: 0, failed: 0 });
    expect(await factsOf(context, "workflow/retry")).toHaveLength(12);
  });

  test("are the same when the call comes again, and those whose repetition got lost", async () => {
    for (let run = 0; run < 3; run++) await failed();
    const operation = once(context);
    const again = () => retryFailed(context, adminOf(mine), {}, operation);
    expect([await again(), await again()]).toEqual([
      { retried: 3, success: 3, failed: 0 },
      { retried: 3, success: 3, failed: 0 },
    ]);
    expect(await factsOf(context, "workflow/retry")).toHaveLength(3);
    context.pass({ hours: 1 });
    expect(await all()).toEqual({ retried: 3, success: 3, failed: 0 });
    expect(await factsOf(context, "workflow/retry")).toHaveLength(6);
  });

  test("are those of a workflow and a stretch of time, where these are named", async () => {
    await failed({ workflow: "request-approval" });
    context.at("2026-03-03T12:00:00.000Z");
    await failed();
    expect(await all({ workflow: "request-expiration" })).toMatchObject({ retried: 0 });
    expect(await all({ to: "2026-03-01" })).toMatchObject({ retried: 0 });
    expect(await all({ workflow: "request-approval", to: "2026-03-02" })).toMatchObject({ retried: 1 });
    expect(await all({ from: "2026-03-03" })).toMatchObject({ retried: 1 });
  });

  test("are an admin's to retry", async () => {
    await expect(all({}, adminOf(mine, ["doctor"]))).rejects.toMatchObject({ type: "forbidden" });
  });
});

test.each([
  [
    { name: "NonRetriableError", message: "already-ended: This is over." },
    "already-ended",
    "already-ended: This is over.",
  ],
  [
    { name: "TypeError", message: "A step failed with TypeError." },
    "TypeError",
    "A step failed with TypeError.",
  ],
  [{ name: "EventValidationError", message: "patientName: Lucía" }, "EventValidationError", ""],
  [{ name: "Error", message: "x".repeat(1000) }, "Error", "x".repeat(300)],
  [{}, "Error", ""],
])("of %o the log keeps its kind, and words that were written here", (error, kind, message) => {
  expect(errorOf(error)).toEqual({ kind, message });
});
