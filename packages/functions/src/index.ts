export {
  apis,
  bookingApi,
  identityApi,
  notificationsApi,
  platformApi,
  schedulingApi,
} from "./api/index.ts";
export { fromEnvironment } from "./environment.ts";
export type { ApiHandler } from "./pipeline/exchange.ts";
export type { Issuer, Runtime } from "./runtime.ts";
