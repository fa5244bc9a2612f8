export type { Access } from "./access.ts";
/** The routes of a context, here and below: for the Lambda that answers them, which loads no other's. */
export * as bookingRoutes from "./booking/index.ts";
export * from "./failure/index.ts";
export { type GatewayRoute, gatewayRoutes } from "./gateway.ts";
export * as identityRoutes from "./identity/index.ts";
export * as notificationsRoutes from "./notifications/index.ts";
export * as operationsRoutes from "./operations/workflows.ts";
export * as platformRoutes from "./platform/routes.ts";
export {
  type ContextName,
  contexts,
  failuresOf,
  type Route,
  type SuccessStatus,
  successOf,
  takesKey,
} from "./route.ts";
export { type RouteId, type Routes, routes, routesById } from "./routes.ts";
export * as schedulingRoutes from "./scheduling/index.ts";
export * as webhooksRoutes from "./webhooks/routes.ts";
