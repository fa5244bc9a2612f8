import type { Row } from "@turno/core/testing";
import type { Visit } from "../book.ts";
import { MINUTE } from "../time.ts";
import type { Finding } from "./finding.ts";

const WITHIN = 5 * MINUTE;

/**
 * Of the requests that nobody decided, those are right whose slot was freed within five minutes after the hold had ended.
 */
export function expiriesOf(rows: readonly Row[], visits: readonly Visit[], end: number): Finding {
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
    checked: forgotten.length,
    wrong: forgotten.flatMap(({ requestId }, index) =>
      delays[index]! <= WITHIN ? [] : [`${requestId}: ${delays[index]! / 1000} s`],
    ),
  };
}
