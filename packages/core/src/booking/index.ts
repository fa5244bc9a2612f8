export * as Appointment from "./appointment/index.ts";
export * as FollowUp from "./follow-up/index.ts";
export * as Note from "./note/index.ts";
export * as Prescription from "./prescription/index.ts";
export * as Request from "./request/index.ts";
export * as Reservation from "./reservation/index.ts";
export * as Timeline from "./timeline/index.ts";
export * as Waitlist from "./waitlist/index.ts";
