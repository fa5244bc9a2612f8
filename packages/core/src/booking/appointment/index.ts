export {
  type Appointment,
  ClinicalDetails,
  NewAppointment,
  PatientDetails,
  slotIdFor,
} from "./details.ts";
