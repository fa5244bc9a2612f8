export { between, count, type Metric, type Occurrence } from "./counter.ts";
