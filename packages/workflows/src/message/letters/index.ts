import { calendar } from "./calendar.ts";
import { followUps } from "./follow-ups.ts";
import type { Writer } from "./letter.ts";
import { payments } from "./payments.ts";
import { prescriptions } from "./prescriptions.ts";
import { reminders } from "./reminders.ts";
import { replies } from "./replies.ts";
import { requests } from "./requests.ts";
import { visits } from "./visits.ts";
import { waitlist } from "./waitlist.ts";

const all = {
  ...requests,
  ...visits,
  ...reminders,
  ...followUps,
  ...prescriptions,
  ...calendar,
  ...waitlist,
  ...payments,
  ...replies,
};

/** The templates that somebody writes letters of. */
export type LetterName = keyof typeof all;

/** Who writes the letters of each template. */
export const letters: { readonly [Name in LetterName]: Writer<Name> } = all;

/** Whether letters of this template can be written. */
export const isLetter = (template: string): template is LetterName => Object.hasOwn(letters, template);
