import type { Row } from "@turno/core/testing";
import type { Finding } from "./finding.ts";

export interface Workflows {
  /** Runs that ended as they should: completed, or cancelled because the world had moved on. */
  readonly succeeded: Finding;
  /** Runs that failed and were begun anew by somebody: until a repetition ended as it should, if the first did not. */
  readonly recovered: Finding;
  /** What the steps of all runs took; sleeping is not counted. */
  readonly activeSeconds: number;
}

const describe = ({ wf, runId, err, em }: Row): string => `${wf} ${runId}: ${err ?? ""} ${em ?? ""}`.trim();

/** Reads the log of runs, which tells of every run that has ended. */
export function workflowsOf(rows: readonly Row[]): Workflows {
  const runs = rows.filter(({ __edb_e__, status }) => __edb_e__ === "run" && status !== undefined);
  const failed = runs.filter(({ status }) => status === "failed");
  const repeated = failed.filter(({ ra }) => ra !== undefined);
  const byId = new Map(runs.map((run) => [run.runId, run]));
  const isRecovered = ({ rs, rr }: Row): boolean => {
    const repetition = byId.get(rr);
    return rs === "failed" ? repetition !== undefined && isRecovered(repetition) : rs !== undefined;
  };
  return {
    succeeded: { checked: runs.length, wrong: failed.map(describe) },
    recovered: {
      checked: repeated.length,
      wrong: repeated.filter((run) => !isRecovered(run)).map(describe),
    },
    activeSeconds: runs.reduce((sum, { ms }) => sum + Number(ms ?? 0), 0) / 1000,
  };
}
