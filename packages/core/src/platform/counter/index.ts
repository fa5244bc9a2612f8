export { between, count, type Metric } from "./counter.ts";
