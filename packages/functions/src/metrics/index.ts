export { backlog } from "./backlog.ts";
export { measuredChannels } from "./channel.ts";
export { runMetrics } from "./run.ts";
