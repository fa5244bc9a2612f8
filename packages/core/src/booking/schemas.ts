export { ClinicalDetails, NewAppointment, PatientDetails } from "./appointment/details.ts";
export { AppointmentNote, NewNote } from "./note/note.ts";
export { NewPrescription, PrescriptionView } from "./prescription/prescription.ts";
export { ApprovalChanges, RequestStatus, RequestSummary, RequestView } from "./request/request.ts";
export { AgendaEntry, Completion, ReservationStatus, ReservationView } from "./reservation/reservation.ts";
export { TimelineEntry } from "./timeline/entry.ts";
