export { byPhone, edit, get, idOf, recognise, search } from "./patient.store.ts";
export { foldedName, Patient, PatientEdit } from "./patient.ts";
