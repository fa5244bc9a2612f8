export { bookingLink, patientLink, requestLink } from "./link.ts";
export { tellDoctor, tellPatient } from "./tell.ts";
export { details, detailsForDoctor, preparationFor, type Visit, visitOf } from "./visit.ts";
