export * from "./availability.ts";
export * from "./services.ts";
export * from "./slots.ts";
