import { operationsRoutes } from "@turno/contract";
import { workflows } from "../handlers/operations/workflows.ts";
import { api } from "../pipeline/api.ts";
import type { ApiHandler } from "../pipeline/exchange.ts";
import type { Runtime } from "../runtime.ts";

export const operationsApi = (runtime: Runtime): ApiHandler =>
  api<"operations">(runtime, operationsRoutes, workflows);
