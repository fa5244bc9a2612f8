export * from "./clinics.ts";
export * from "./me.ts";
export * from "./patients.ts";
