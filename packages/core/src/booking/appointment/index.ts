export { bookedFields, durationOf } from "./appointment.ts";
export {
  type Appointment,
  ClinicalDetails,
  NewAppointment,
  PatientDetails,
  slotIdFor,
} from "./details.ts";
