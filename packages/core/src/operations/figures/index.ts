export { between, rollUp } from "./figures.store.ts";
export { type Figures, fillRateOf } from "./figures.ts";
