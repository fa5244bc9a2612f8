export { end } from "./end.ts";
export { issue } from "./issue.ts";
export { list } from "./list.ts";
export { get } from "./prescription.store.ts";
export { dosesAt, NewPrescription, type Prescription, PrescriptionView, statusAt } from "./prescription.ts";
