import { allRows } from "@turno/core/testing";
import { consistencyOf } from "./checks/consistency.ts";
import { expiriesOf } from "./checks/expiry.ts";
import { generationOf } from "./checks/generation.ts";
import { remindersOf } from "./checks/reminders.ts";
import { workflowsOf } from "./checks/workflows.ts";
import type { Month } from "./month.ts";
import { type Result, share } from "./report.ts";

/** Compares a month that is over with what should have been. */
export async function resultsOf({ town, book: { visits }, office, end }: Month): Promise<Result[]> {
  const messages = await office.ask((turno) => turno.messages());
  const rows = await allRows(town.context);
  const reminders = remindersOf(visits, messages, rows, end);
  const workflows = workflowsOf(rows);
  const expiries = expiriesOf(rows, visits, end);
  return [
    share("state consistency", "bookings", consistencyOf(rows, visits, end), 100),
    share("reminders delivered", "reminders due", reminders.delivered, 99.5),
    {
      name: "latest reminder",
      of: "seconds after its time",
      measured: reminders.worstDelay,
      target: { atMost: 300 },
      unit: "s",
      wrong: reminders.late,
    },
    {
      name: "doubled or unowed reminders",
      of: "reminders",
      measured: reminders.unowed.length,
      target: { atMost: 0 },
      unit: "",
      wrong: reminders.unowed,
    },
    share("expiry within 5 minutes", "requests that nobody decided", expiries.inTime, 100),
    share("workflow success", "runs", workflows.succeeded, 99.9),
    share("recovery by retry-failed", "failed runs begun anew", workflows.recovered, 99),
    {
      name: "active time of a run",
      of: "on average, its steps without its sleeping",
      measured: workflows.meanSeconds,
      target: { atMost: 2 },
      unit: "s",
      wrong: [],
    },
    share("slot generation", "slots", generationOf(rows, town.calendars, end), 100),
  ];
}
