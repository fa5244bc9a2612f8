import type { ContextName, Route } from "./route.ts";
import { routes } from "./routes.ts";

/** What the gateway has to know of a route: who checks the caller, and which Lambda answers. */
export interface GatewayRoute {
  readonly method: Route["method"];
  readonly path: string;
  /** `jwt`: the gateway lets nobody pass without a token. Elsewhere the Lambda looks at link or token itself. */
  readonly authorizer: "none" | "jwt";
  readonly context: ContextName;
}

/** One for each route and no other: what the contract does not know, the gateway refuses. */
export const gatewayRoutes: readonly GatewayRoute[] = routes.map(
  ({ method, path, access, context }): GatewayRoute => ({
    method,
    path,
    authorizer: access.kind === "staff" ? "jwt" : "none",
    context,
  }),
);
