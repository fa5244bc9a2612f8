import { Tags } from "aws-cdk-lib";
import type { App } from "sst/constructs";
import { boundary } from "../infra/boundary.ts";
import { setFlags } from "../infra/flags.ts";
import { guard } from "../infra/guard.ts";
import { giveSettings, isProtected, type Settings, settingsOf } from "../infra/settings.ts";
import { Api } from "./Api.ts";
import { Database } from "./Database.ts";
import { Monitoring } from "./Monitoring.ts";
import { Workflow } from "./Workflow.ts";

/** In the order in which they need each other. */
export const stacks = [Database, Api, Workflow, Monitoring] as const;

/**
 * Builds a whole stage.
 *
 * @throws Guarded when the command must not reach this stage.
 */
export function buildApp(app: App, settings: Settings = settingsOf(app.stage)): void {
  guard(app, settings);
  setFlags(app);
  giveSettings(app, settings);
  // A blanket policy wins over what a resource says of itself, so only stages that may be lost get one.
  if (!isProtected(settings)) app.setDefaultRemovalPolicy("destroy");
  const tags = { project: "turno", stage: app.stage, tier: settings.tier };
  for (const [name, value] of Object.entries(tags)) Tags.of(app).add(name, value);
  if (settings.permissionsBoundary) boundary(app, settings.permissionsBoundary);
  for (const stack of stacks) void app.stack(stack);
}
