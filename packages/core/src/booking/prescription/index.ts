export { continueFrom } from "./continue.ts";
export { end } from "./end.ts";
export { issue } from "./issue.ts";
export { list } from "./list.ts";
export { get } from "./prescription.store.ts";
export { dosesAt, isTimely, NewPrescription, type Prescription, PrescriptionView } from "./prescription.ts";
