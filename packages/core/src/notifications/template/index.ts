export type { Place } from "./instant.ts";
export type { Money } from "./money.ts";
export { type ReminderName, reminderTemplate } from "./reminders.ts";
export { type Rendered, render } from "./render.ts";
export type { TemplateName, VariablesOf } from "./templates.ts";
