export {
  apis,
  bookingApi,
  identityApi,
  notificationsApi,
  operationsApi,
  platformApi,
  schedulingApi,
  webhooksApi,
} from "./api/index.ts";
export { fromEnvironment } from "./environment.ts";
export { runMetrics } from "./metrics/index.ts";
export type { ApiHandler } from "./pipeline/exchange.ts";
export { relayOnce, type Swept, streamRelay, sweeper } from "./relay/index.ts";
export type { Issuer, Runtime } from "./runtime.ts";
export {
  type Accounts,
  type Receiver,
  type Receivers,
  receiversFromEnvironment,
  receiversOf,
} from "./webhooks/index.ts";
export { type UrlHandler, workflowsUrl } from "./workflows/index.ts";
