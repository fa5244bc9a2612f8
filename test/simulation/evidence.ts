import { allRows } from "@turno/core/testing";
import { consistencyOf } from "./checks/consistency.ts";
import { dosesOf } from "./checks/doses.ts";
import { expiriesOf } from "./checks/expiry.ts";
import type { Finding } from "./checks/finding.ts";
import { generationOf } from "./checks/generation.ts";
import { paymentsOf } from "./checks/payments.ts";
import { remindersOf } from "./checks/reminders.ts";
import { repliesOf } from "./checks/replies.ts";
import { waitlistOf } from "./checks/waitlist.ts";
import { workflowsOf } from "./checks/workflows.ts";
import type { Month } from "./month.ts";

export type Checked =
  | "bookings"
  | "reminders"
  | "doses"
  | "expiries"
  | "replies"
  | "deposits"
  | "waitlist"
  | "runs"
  | "repeatedRuns"
  | "slots";

/** What one stage's month has shown: plain data, which adds up with that of others. */
export interface Evidence {
  readonly found: Readonly<Record<Checked, Finding>>;
  /** Reminders, of a visit or a dose, that came more than five minutes after their time. */
  readonly late: readonly string[];
  /** Reminders that nobody was owed. */
  readonly unowed: readonly string[];
  /** In seconds, of the latest reminder. */
  readonly worstDelay: number;
  readonly refunds: number;
  /** What the steps of all runs took. */
  readonly activeSeconds: number;
  /** How often each deed was done, and how often it was refused. */
  readonly counts: Readonly<Record<string, number>>;
  readonly kills: number;
}

/** Compares a month that is over with what should have been. */
export async function evidenceOf({ town, book, office, end }: Month): Promise<Evidence> {
  const { visits } = book;
  const messages = await office.ask((turno) => turno.messages({}));
  const taken = await office.ask((turno) => turno.payments());
  const rows = await allRows(town.context);
  const reminders = remindersOf(visits, messages, rows, end);
  const doses = dosesOf(book.prescriptions, messages, rows, end);
  const { succeeded, recovered, activeSeconds } = workflowsOf(rows);
  return {
    found: {
      bookings: consistencyOf(rows, visits, end),
      reminders: reminders.delivered,
      doses: doses.delivered,
      expiries: expiriesOf(rows, visits, end),
      replies: repliesOf(book, messages, rows),
      deposits: paymentsOf(visits, taken, rows, end),
      waitlist: waitlistOf(book, rows, end),
      runs: succeeded,
      repeatedRuns: recovered,
      slots: generationOf(rows, town.calendars, end),
    },
    late: [...reminders.late, ...doses.late],
    unowed: [...reminders.unowed, ...doses.unowed],
    worstDelay: Math.max(reminders.worstDelay, doses.worstDelay),
    refunds: taken.flatMap(({ refunds }) => refunds).length,
    activeSeconds,
    counts: Object.fromEntries(book.counts),
    kills: office.kills,
  };
}
