import type { App } from "sst/constructs";
import { isProtected, type Settings } from "./settings.ts";

/** A command that would reach the wrong account, or take a stage with patients' data away. */
export class Guarded extends Error {
  override readonly name = "Guarded";
}

/**
 * Stops commands that a protected stage must not hear, before any stack is made.
 *
 * SST builds the app in mode `remove` for `sst types` too, which touches nothing: the command line tells them apart.
 *
 * @throws Guarded
 */
export function guard(
  app: Pick<App, "mode" | "stage" | "account" | "region">,
  settings: Settings,
  { argv, env }: Pick<NodeJS.Process, "argv" | "env"> = process,
): void {
  if (!isProtected(settings)) return;
  if (app.mode === "dev") throw new Guarded(`${app.stage} takes no live development.`);
  if (app.mode === "remove") {
    if (argv.includes("remove") && env.CONFIRM_REMOVE !== app.stage) {
      throw new Guarded(`To remove ${app.stage} with all it holds, set CONFIRM_REMOVE=${app.stage}.`);
    }
    return;
  }
  if (app.account !== settings.account) {
    throw new Guarded(`${app.stage} lives in ${settings.account}; these credentials are for ${app.account}.`);
  }
  if (app.region !== settings.region) {
    throw new Guarded(`${app.stage} lives in ${settings.region}, not in ${app.region}.`);
  }
}
