export { bookedFields, durationOf, mayStillMove } from "./appointment.ts";
export { type Appointment, ClinicalDetails, NewAppointment, PatientDetails } from "./details.ts";
