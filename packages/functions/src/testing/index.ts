export { at, staff, TUESDAY } from "./clinic.ts";
export { aDesk, asked, booked, type Desk, wishFor } from "./desk.ts";
export { eventFor, lambdaContext } from "./event.ts";
export { startTestIssuer, type TestIssuer } from "./issuer.ts";
