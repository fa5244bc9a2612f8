import { schedulingRoutes } from "@turno/contract";
import { availability } from "../handlers/scheduling/availability.ts";
import { services } from "../handlers/scheduling/services.ts";
import { slots } from "../handlers/scheduling/slots.ts";
import { api } from "../pipeline/api.ts";
import type { ApiHandler } from "../pipeline/exchange.ts";
import type { Runtime } from "../runtime.ts";

export const schedulingApi = (runtime: Runtime): ApiHandler =>
  api<"scheduling">(runtime, schedulingRoutes, { ...services, ...availability, ...slots });
