export { beat, lateSchedules, silence, WATCH } from "./beat.store.ts";
export {
  type MissingReminder,
  missingDays,
  missingReminders,
  openFailures,
  overdueRequests,
} from "./expected.ts";
export { health } from "./health.ts";
export { Check, CheckName, Health, minutesOf, type Schedule } from "./watch.ts";
