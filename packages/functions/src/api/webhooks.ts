import { webhooksRoutes } from "@turno/contract";
import { webhooks } from "../handlers/webhooks/webhooks.ts";
import { api } from "../pipeline/api.ts";
import type { ApiHandler } from "../pipeline/exchange.ts";
import type { Runtime } from "../runtime.ts";

export const webhooksApi = (runtime: Runtime): ApiHandler =>
  api<"webhooks">(runtime, webhooksRoutes, webhooks);
