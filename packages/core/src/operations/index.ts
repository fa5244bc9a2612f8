export * as Figures from "./figures/index.ts";
export * as Run from "./run/index.ts";
export * as Tally from "./tally/index.ts";
export * as Watch from "./watch/index.ts";
