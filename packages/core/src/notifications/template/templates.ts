import { appointments } from "./appointments.ts";
import { calendar } from "./calendar.ts";
import { care } from "./care.ts";
import { outreach } from "./outreach.ts";
import { payments } from "./payments.ts";
import { reminders } from "./reminders.ts";
import { replies } from "./replies.ts";
import { reports } from "./reports.ts";
import { requests } from "./requests.ts";
import { tasks } from "./tasks.ts";
import type { Manner } from "./template.ts";
import type { ValuesOf } from "./variables.ts";
import { waitlist } from "./waitlist.ts";

/** Every message that can be sent, by the name it has with the provider. */
export const templates = {
  ...appointments,
  ...calendar,
  ...care,
  ...outreach,
  ...payments,
  ...reminders,
  ...replies,
  ...reports,
  ...requests,
  ...tasks,
  ...waitlist,
};

export type TemplateName = keyof typeof templates;

/** The variables that a message is made with. */
export type VariablesOf<Name extends TemplateName> = ValuesOf<(typeof templates)[Name]["variables"]>;

/** Whom a message is for, why it is sent, and when it may arrive. */
export const mannerOf = (name: TemplateName): Manner => templates[name];
