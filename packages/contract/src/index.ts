export type { Access } from "./access.ts";
export * from "./failure/index.ts";
export { type GatewayRoute, gatewayRoutes } from "./gateway.ts";
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
