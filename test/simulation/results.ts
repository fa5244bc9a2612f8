import type { Finding } from "./checks/finding.ts";
import type { Checked, Evidence } from "./evidence.ts";
import { type Result, share } from "./report.ts";

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);

/** Adds up what the stages have shown, as if it were one, beside what it has to be. */
export function resultsOf(evidence: readonly Evidence[]): Result[] {
  const all = (what: Checked): Finding => {
    const findings = evidence.map(({ found }) => found[what]);
    return {
      checked: sumOf(findings.map(({ checked }) => checked)),
      wrong: findings.flatMap(({ wrong }) => wrong),
    };
  };
  const unowed = evidence.flatMap((stage) => stage.unowed);
  const refunds = sumOf(evidence.map((stage) => stage.refunds));
  const activeSeconds = sumOf(evidence.map((stage) => stage.activeSeconds));
  const runs = all("runs");
  return [
    share("state consistency", "bookings", all("bookings"), 100),
    share("reminders delivered", "reminders due", all("reminders"), 99.5),
    share("doses reminded of", "doses due", all("doses"), 99.5),
    {
      name: "latest reminder",
      of: "seconds after its time, of a visit or a dose",
      measured: Math.max(...evidence.map(({ worstDelay }) => worstDelay)),
      target: { atMost: 300 },
      unit: "s",
      wrong: evidence.flatMap(({ late }) => late),
    },
    {
      name: "doubled or unowed reminders",
      of: "reminders",
      measured: unowed.length,
      target: { atMost: 0 },
      unit: "",
      wrong: unowed,
    },
    share("expiry within 5 minutes", "requests that nobody decided", all("expiries"), 100),
    share("replies heeded", "messages of patients", all("replies"), 100),
    share("deposits and refunds", `visits with a deposit, ${refunds} refunds`, all("deposits"), 100),
    share("waiting list", "entries and offers", all("waitlist"), 100),
    share("workflow success", "runs", runs, 99.9),
    share("recovery by retry-failed", "failed runs begun anew", all("repeatedRuns"), 99),
    {
      name: "active time of a run",
      of: "on average, its steps without its sleeping",
      measured: activeSeconds / Math.max(runs.checked, 1),
      target: { atMost: 2 },
      unit: "s",
      wrong: [],
    },
    share("slot generation", "slots", all("slots"), 100),
  ];
}

/** How often each deed was done anywhere, in the order of the names. */
export function countsOf(evidence: readonly Evidence[]): Record<string, number> {
  const counts = evidence.map((stage) => stage.counts);
  const deeds = [...new Set(counts.flatMap(Object.keys))].sort();
  return Object.fromEntries(deeds.map((deed) => [deed, sumOf(counts.map((count) => count[deed] ?? 0))]));
}
