import middy from "@middy/core";
import type { ContextName, Route, RouteId, Routes } from "@turno/contract";
import { bookings } from "../metrics/bookings.ts";
import type { Runtime } from "../runtime.ts";
import { actor } from "./actor.ts";
import { body } from "./body.ts";
import { cursor } from "./cursor.ts";
import { entityTag } from "./entity-tag.ts";
import type { ApiEvent, ApiHandler, ApiResult } from "./exchange.ts";
import type { Handlers } from "./handler.ts";
import { idempotency } from "./idempotency.ts";
import { log } from "./log.ts";
import { problem } from "./problem.ts";
import { response } from "./response.ts";
import { router } from "./router.ts";
import { securityHeaders } from "./security-headers.ts";
import { validation } from "./validation.ts";

/** A handler as the pipeline sees it: the types of the contract end where the routes become a list. */
type AnyHandler = (call: object) => Promise<ApiResult>;

/** The routes of a context, all of them. */
type OwnRoutes<Name extends ContextName> = {
  readonly [Id in RouteId as Routes[Id]["context"] extends Name ? Id : never]: Routes[Id];
};

/**
 * The Lambda of one context: everything that is the same for every route, around its handlers.
 *
 * Pieces run downwards before a handler and upwards after it, after a refusal as well.
 */
export function api<Name extends ContextName>(
  runtime: Runtime,
  routes: OwnRoutes<Name>,
  handlers: Handlers<Name>,
): ApiHandler {
  const own: readonly Route[] = Object.values(routes);
  const byId = new Map(Object.entries(handlers as unknown as Record<string, AnyHandler>));
  return middy<ApiEvent, ApiResult>()
    .use(log(runtime))
    .use(bookings(runtime))
    .use(securityHeaders())
    .use(problem())
    .use(router(own))
    .use(actor(runtime))
    .use(body())
    .use(validation())
    .use(idempotency(runtime))
    .use(entityTag())
    .use(response())
    .use(cursor(runtime))
    .handler(async (event: ApiEvent) => {
      const { route, ...call } = event.exchange;
      return byId.get(route!.id)!({ runtime, context: runtime.context, ...call });
    }) as unknown as ApiHandler;
}
