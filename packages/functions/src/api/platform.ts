import { platformRoutes } from "@turno/contract";
import { platform } from "../handlers/platform/platform.ts";
import { api } from "../pipeline/api.ts";
import type { ApiHandler } from "../pipeline/exchange.ts";
import type { Runtime } from "../runtime.ts";

export const platformApi = (runtime: Runtime): ApiHandler =>
  api<"platform">(runtime, platformRoutes, platform);
