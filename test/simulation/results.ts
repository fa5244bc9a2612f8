import { allRows } from "@turno/core/testing";
import { consistencyOf } from "./checks/consistency.ts";
import { dosesOf } from "./checks/doses.ts";
import { expiriesOf } from "./checks/expiry.ts";
import { generationOf } from "./checks/generation.ts";
import { paymentsOf } from "./checks/payments.ts";
import { remindersOf } from "./checks/reminders.ts";
import { repliesOf } from "./checks/replies.ts";
import { waitlistOf } from "./checks/waitlist.ts";
import { workflowsOf } from "./checks/workflows.ts";
import type { Month } from "./month.ts";
import { type Result, share } from "./report.ts";

/** Compares a month that is over with what should have been. */
export async function resultsOf({ town, book, office, end }: Month): Promise<Result[]> {
  const { visits } = book;
  const messages = await office.ask((turno) => turno.messages({}));
  const taken = await office.ask((turno) => turno.payments());
  const rows = await allRows(town.context);
  const reminders = remindersOf(visits, messages, rows, end);
  const doses = dosesOf(book.prescriptions, messages, rows, end);
  const unowed = [...reminders.unowed, ...doses.unowed];
  const workflows = workflowsOf(rows);
  const expiries = expiriesOf(rows, visits, end);
  return [
    share("state consistency", "bookings", consistencyOf(rows, visits, end), 100),
    share("reminders delivered", "reminders due", reminders.delivered, 99.5),
    share("doses reminded of", "doses due", doses.delivered, 99.5),
    {
      name: "latest reminder",
      of: "seconds after its time, of a visit or a dose",
      measured: Math.max(reminders.worstDelay, doses.worstDelay),
      target: { atMost: 300 },
      unit: "s",
      wrong: [...reminders.late, ...doses.late],
    },
    {
      name: "doubled or unowed reminders",
      of: "reminders",
      measured: unowed.length,
      target: { atMost: 0 },
      unit: "",
      wrong: unowed,
    },
    share("expiry within 5 minutes", "requests that nobody decided", expiries.inTime, 100),
    share("replies heeded", "messages of patients", repliesOf(book, messages, rows), 100),
    share(
      "deposits and refunds",
      `visits with a deposit, ${taken.flatMap(({ refunds }) => refunds).length} refunds`,
      paymentsOf(visits, taken, rows, end),
      100,
    ),
    share("waiting list", "entries and offers", waitlistOf(book, rows, end), 100),
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
