import type { Row } from "@turno/core/testing";
import type { Visit } from "../book.ts";
import type { Finding } from "./finding.ts";

const WITHIN = 5 * 60_000;

export interface Expiries {
  /** Requests that nobody decided: those that were ended and free within five minutes are right. */
  readonly inTime: Finding;
  /** In seconds, of the one that took longest. */
  readonly worst: number;
}

/** From the moment at which a hold ended to the write that freed its slot. */
export function expiriesOf(rows: readonly Row[], visits: readonly Visit[], end: number): Expiries {
  const requests = new Map(
    rows.filter(({ __edb_e__ }) => __edb_e__ === "request").map((row) => [`req_${row.apt}`, row]),
  );
  const forgotten = visits.filter(
    ({ stage, expiresAt = end }) => stage === "pending" && expiresAt + WITHIN <= end,
  );
  const delays = forgotten.map(({ requestId, expiresAt }) => {
    const { stage, la } = requests.get(requestId!) ?? {};
    return stage === "expired" ? Date.parse(`${la}`) - expiresAt! : Number.POSITIVE_INFINITY;
  });
  return {
    inTime: {
      checked: forgotten.length,
      wrong: forgotten.flatMap(({ requestId }, index) =>
        delays[index]! <= WITHIN ? [] : [`${requestId}: ${delays[index]! / 1000} s`],
      ),
    },
    worst: Math.max(0, ...delays) / 1000,
  };
}
