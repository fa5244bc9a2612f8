import type { Route } from "@turno/contract";
import type { Piece } from "./exchange.ts";
import { NoSuchRoute } from "./refusals.ts";

/** Finds the route that the gateway chose, among those that this Lambda answers. */
export function router(own: readonly Route[]): Piece {
  const byKey = new Map(own.map((route) => [`${route.method} ${route.path}`, route]));
  return {
    before: ({ event }) => {
      const route = byKey.get(event.routeKey);
      if (!route) throw new NoSuchRoute();
      event.exchange.route = route;
    },
  };
}
