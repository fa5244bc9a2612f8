import type { Row } from "@turno/core/testing";
import type { Finding } from "./finding.ts";

export interface Workflows {
  /** Runs that ended as they should: completed, or cancelled because the world had moved on. */
  readonly succeeded: Finding;
  /** Runs that failed and were begun anew by somebody: those whose repetition completed. */
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
  return {
    succeeded: { checked: runs.length, wrong: failed.map(describe) },
    recovered: {
      checked: repeated.length,
      wrong: repeated.filter(({ rs }) => rs !== "completed").map(describe),
    },
    activeSeconds: runs.reduce((sum, { ms }) => sum + Number(ms ?? 0), 0) / 1000,
  };
}
