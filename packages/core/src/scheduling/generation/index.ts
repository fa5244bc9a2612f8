export { conflicts } from "./conflicts.ts";
export { type CalendarDay, type Dates, days, horizon, noteDay, openDays, unmade } from "./day.store.ts";
export { type Generated, generate, type SlotConflict } from "./generate.ts";
export { type PlannedSlot, planDay } from "./plan.ts";
