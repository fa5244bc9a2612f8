import type { ContextName } from "@turno/contract";
import type { ApiHandler } from "../pipeline/exchange.ts";
import type { Runtime } from "../runtime.ts";
import { bookingApi } from "./booking.ts";
import { identityApi } from "./identity.ts";
import { notificationsApi } from "./notifications.ts";
import { operationsApi } from "./operations.ts";
import { platformApi } from "./platform.ts";
import { schedulingApi } from "./scheduling.ts";
import { webhooksApi } from "./webhooks.ts";

/** The Lambda of every context, by name: for a gateway that runs them all in one process. */
export const apis = (runtime: Runtime): Record<ContextName, ApiHandler> => ({
  platform: platformApi(runtime),
  identity: identityApi(runtime),
  scheduling: schedulingApi(runtime),
  booking: bookingApi(runtime),
  notifications: notificationsApi(runtime),
  operations: operationsApi(runtime),
  webhooks: webhooksApi(runtime),
});
