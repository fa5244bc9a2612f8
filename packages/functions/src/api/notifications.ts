import { notificationsRoutes } from "@turno/contract";
import { notifications } from "../handlers/notifications/notifications.ts";
import { api } from "../pipeline/api.ts";
import type { ApiHandler } from "../pipeline/exchange.ts";
import type { Runtime } from "../runtime.ts";

export const notificationsApi = (runtime: Runtime): ApiHandler =>
  api<"notifications">(runtime, notificationsRoutes, notifications);
