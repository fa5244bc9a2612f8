export * as Run from "./run/index.ts";
