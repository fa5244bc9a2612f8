import { documentationPage, openApi } from "@turno/contract/openapi";
import type { Handlers } from "../../pipeline/handler.ts";

export const platform = {
  getHealth: async ({ context, runtime: { stage, version } }) => ({
    status: "ok",
    stage,
    version,
    now: context.now(),
  }),
  getOpenApi: async () => ({ ...openApi() }),
  getDocs: async () => documentationPage(openApi()),
} satisfies Handlers<"platform">;
