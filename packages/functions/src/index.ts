export { apis } from "./api/index.ts";
export { runMetrics } from "./metrics/index.ts";
export type { ApiHandler } from "./pipeline/exchange.ts";
export { relayOnce, sweeper } from "./relay/index.ts";
export type { Runtime } from "./runtime.ts";
export { type Accounts, receiversFromEnvironment, receiversOf } from "./webhooks/index.ts";
export { type UrlHandler, workflowsUrl } from "./workflows/index.ts";
