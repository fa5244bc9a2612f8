import { type Route, routes } from "@turno/contract";
import type { Piece } from "./exchange.ts";
import { MethodNotAllowed, NoSuchRoute } from "./refusals.ts";

/** Finds the route that the gateway chose, among those that this Lambda answers. */
export function router(own: readonly Route[]): Piece {
  const byKey = new Map(own.map((route) => [`${route.method} ${route.path}`, route]));
  return {
    before: ({ event }) => {
      const route = byKey.get(event.routeKey);
      if (route) event.exchange.route = route;
      else throw unrouted(event.rawPath);
    },
  };
}

/** The methods of an address that exists, when only the method was wrong. */
function unrouted(path: string): Error {
  const allowed = routes.filter((route) => patternOf(route.path).test(path)).map(({ method }) => method);
  return allowed.length > 0 ? new MethodNotAllowed(allowed) : new NoSuchRoute();
}

const patternOf = (path: string): RegExp =>
  new RegExp(`^${path.replaceAll(".", "\\.").replace(/\{[^}]+\}/g, "[^/]+")}$`);
