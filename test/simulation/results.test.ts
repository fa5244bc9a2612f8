import { expect, test } from "vitest";
import type { Checked, Evidence } from "./evidence.ts";
import { isMet, type Result } from "./report.ts";
import { countsOf, resultsOf } from "./results.ts";

const CHECKED: readonly Checked[] = [
  ...(["bookings", "reminders", "doses", "expiries", "replies", "deposits"] as const),
  ...(["waitlist", "runs", "repeatedRuns", "slots"] as const),
];

/** A stage in which all is as it should be: a hundred of everything. */
function stage({
  found,
  ...shown
}: { found?: Partial<Evidence["found"]> } & Partial<Omit<Evidence, "found">> = {}): Evidence {
  const right = Object.fromEntries(CHECKED.map((what) => [what, { checked: 100, wrong: [] }]));
  return {
    ...{ late: [], unowed: [], worstDelay: 0, refunds: 0, activeSeconds: 0, counts: {}, kills: 0 },
    ...shown,
    found: { ...(right as unknown as Evidence["found"]), ...found },
  };
}

const resultOf = (evidence: readonly Evidence[], name: string): Result | undefined =>
  resultsOf(evidence).find((result) => result.name === name);

test("stages in which all is as it should be meet every target", () => {
  const results = resultsOf([stage(), stage()]);
  expect(results.filter((result) => !isMet(result))).toEqual([]);
});

test("a share is that of both stages, and what is wrong in either is named", () => {
  const one = stage({ found: { bookings: { checked: 30, wrong: ["resv_1: is expired"] } } });
  const other = stage({ found: { bookings: { checked: 10, wrong: ["resv_2: is moved"] } } });
  expect(resultOf([one, other], "state consistency")).toMatchObject({
    of: "40 bookings",
    measured: 95,
    wrong: ["resv_1: is expired", "resv_2: is moved"],
  });
});

test("the latest reminder is the later of both", () => {
  const one = stage({ worstDelay: 12 });
  const other = stage({ worstDelay: 301, late: ["res_1: 301 s late"] });
  expect(resultOf([one, other], "latest reminder")).toMatchObject({
    measured: 301,
    wrong: ["res_1: 301 s late"],
  });
});

test("unowed reminders and refunds add up", () => {
  const both = [stage({ unowed: ["res_1"], refunds: 2 }), stage({ unowed: ["res_2"], refunds: 3 })];
  expect(resultOf(both, "doubled or unowed reminders")).toMatchObject({
    measured: 2,
    wrong: ["res_1", "res_2"],
  });
  expect(resultOf(both, "deposits and refunds")?.of).toBe("200 visits with a deposit, 5 refunds");
});

test("the time of a run is the mean of all runs, not of the stages", () => {
  const busy = stage({ found: { runs: { checked: 300, wrong: [] } }, activeSeconds: 300 });
  const calm = stage({ found: { runs: { checked: 100, wrong: [] } }, activeSeconds: 500 });
  expect(resultOf([busy, calm], "active time of a run")?.measured).toBe(2);
});

test("deeds of both stages are counted together", () => {
  expect(
    countsOf([stage({ counts: { move: 2, ask: 1 } }), stage({ counts: { cancel: 4, ask: 5 } })]),
  ).toEqual({
    ask: 6,
    cancel: 4,
    move: 2,
  });
});
