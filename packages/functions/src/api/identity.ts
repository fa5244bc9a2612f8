import { identityRoutes } from "@turno/contract";
import { identity } from "../handlers/identity/identity.ts";
import { api } from "../pipeline/api.ts";
import type { ApiHandler } from "../pipeline/exchange.ts";
import type { Runtime } from "../runtime.ts";

export const identityApi = (runtime: Runtime): ApiHandler =>
  api<"identity">(runtime, identityRoutes, identity);
