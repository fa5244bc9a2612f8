export { confirmAttendance } from "./attendance.ts";
export { book } from "./book.ts";
export { cancel } from "./cancel.ts";
export { complete, noShow } from "./complete.ts";
export { agenda, clinicDay, view } from "./list.ts";
export { endMissed, missed } from "./missed.ts";
export { remind } from "./remind.ts";
export { type Due, type Reminder, reminderSent, remindersDue, remindersOf } from "./reminders.ts";
export { reschedule } from "./reschedule.ts";
export { get, some } from "./reservation.store.ts";
export {
  AgendaEntry,
  AlreadyEnded,
  Completion,
  type Reservation,
  ReservationStatus,
  ReservationView,
  viewOf,
} from "./reservation.ts";
