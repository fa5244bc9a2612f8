export { aClinic, at, type Clinic, type StaffName, staff, TUESDAY } from "./clinic.ts";
export { type Answer, aDesk, asked, booked, type Desk, wishFor } from "./desk.ts";
export { eventFor, lambdaContext } from "./event.ts";
export { startTestIssuer, type TestIssuer } from "./issuer.ts";
