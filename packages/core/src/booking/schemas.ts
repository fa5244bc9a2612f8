export { ClinicalDetails, NewAppointment, PatientDetails } from "./appointment/details.ts";
export { FollowUp } from "./follow-up/follow-up.ts";
export { AppointmentNote, NewNote } from "./note/note.ts";
export { NewPrescription, PrescriptionView } from "./prescription/prescription.ts";
export { ApprovalChanges, RequestStatus, RequestSummary, RequestView } from "./request/request.ts";
export {
  AgendaEntry,
  Completion,
  RefundAmount,
  ReservationStatus,
  ReservationView,
} from "./reservation/reservation.ts";
export { TimelineEntry } from "./timeline/entry.ts";
export { EntryStatus, EntrySummary, EntryView, NewEntry, OfferId } from "./waitlist/waitlist.ts";
