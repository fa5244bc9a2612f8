export { backlog } from "./backlog.ts";
export { measuredChannel } from "./channel.ts";
export { runMetrics } from "./run.ts";
