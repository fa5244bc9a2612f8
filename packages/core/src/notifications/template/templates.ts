import { appointments } from "./appointments.ts";
import { calendar } from "./calendar.ts";
import { reminders } from "./reminders.ts";
import { requests } from "./requests.ts";
import type { ValuesOf } from "./variables.ts";

/** Every message that can be sent, by the name it has with the provider. */
export const templates = { ...appointments, ...calendar, ...reminders, ...requests };

export type TemplateName = keyof typeof templates;

/** The variables that a message is made with. */
export type VariablesOf<Name extends TemplateName> = ValuesOf<(typeof templates)[Name]["variables"]>;
