export type { Reading } from "./compose.ts";
export type { Place } from "./instant.ts";
export type { Money } from "./money.ts";
export { parameters, registeredName } from "./parameters.ts";
export { type ReminderName, reminderTemplate } from "./reminders.ts";
export { type Rendered, render, renderFor, type Written } from "./render.ts";
export type { Manner, Pace, Purpose } from "./template.ts";
export { mannerOf, type TemplateName, type VariablesOf } from "./templates.ts";
export type { Detail } from "./write.ts";
