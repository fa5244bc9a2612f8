export * from "./preferences.ts";
export * from "./routes.ts";
