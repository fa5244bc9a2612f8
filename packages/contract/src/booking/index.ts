export * from "./follow-ups.ts";
export * from "./notes.ts";
export * from "./prescriptions.ts";
export * from "./requests.ts";
export * from "./reservations.ts";
export * from "./waitlist.ts";
