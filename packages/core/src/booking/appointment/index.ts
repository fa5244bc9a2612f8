export {
  type Appointment,
  ClinicalDetails,
  NewAppointment,
  PatientDetails,
  slotIdFor,
} from "./appointment.ts";
