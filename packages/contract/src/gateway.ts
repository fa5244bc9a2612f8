import type { ContextName, Route } from "./route.ts";
import { routes } from "./routes.ts";

/** What the gateway has to know of a route: who checks the caller, and which Lambda answers. */
export interface GatewayRoute {
  readonly method: Route["method"] | "ANY";
  readonly path: string;
  /** `jwt`: the gateway lets nobody pass without a token. Elsewhere the Lambda looks at link or token itself. */
  readonly authorizer: "none" | "jwt";
  readonly context: ContextName;
}

/** Answers whatever no other route does, so that a wrong address gets a problem as well. */
const fallback: GatewayRoute = { method: "ANY", path: "/{path+}", authorizer: "none", context: "platform" };

export const gatewayRoutes: readonly GatewayRoute[] = [
  ...routes.map(
    ({ method, path, access, context }): GatewayRoute => ({
      method,
      path,
      authorizer: access.kind === "staff" ? "jwt" : "none",
      context,
    }),
  ),
  fallback,
];
