import type { App } from "sst/constructs";
import manifest from "../package.json" with { type: "json" };
import { settingsIn } from "./settings.ts";

/** What every Lambda is told of the stage that it runs in. */
export const stageVariables = (app: App, tableName: string): Record<string, string> => ({
  STAGE: app.stage,
  VERSION: manifest.version,
  TABLE_NAME: tableName,
  WEB_URL: settingsIn(app).webUrl,
});
