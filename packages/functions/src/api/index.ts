import type { ContextName } from "@turno/contract";
import type { ApiHandler } from "../pipeline/exchange.ts";
import type { Runtime } from "../runtime.ts";
import { bookingApi } from "./booking.ts";
import { identityApi } from "./identity.ts";
import { notificationsApi } from "./notifications.ts";
import { platformApi } from "./platform.ts";
import { schedulingApi } from "./scheduling.ts";

export { bookingApi, identityApi, notificationsApi, platformApi, schedulingApi };

/** The Lambda of every context, by name: for a gateway that runs them all in one process. */
export const apis = (runtime: Runtime): Record<ContextName, ApiHandler> => ({
  platform: platformApi(runtime),
  identity: identityApi(runtime),
  scheduling: schedulingApi(runtime),
  booking: bookingApi(runtime),
  notifications: notificationsApi(runtime),
});
