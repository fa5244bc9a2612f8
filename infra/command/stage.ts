/**
 * Builds, compares, deploys or removes a stage by SST's command, and sees to what SST leaves open:
 *
 *     node infra/command/stage.ts <synth | diff | deploy | remove> --stage <name>
 */
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { parameterOf } from "../secrets.ts";
import { isProtected, settingsOf } from "../settings.ts";
import { commandFor, npmOf, Unclear } from "./plan.ts";
import { sync } from "./sync.ts";

const root = path.resolve(import.meta.dirname, "../..");

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { stage: { type: "string" } },
});
const { command, stage } = understood(() => {
  npmOf(run("npm", ["--version"]));
  return commandFor(positionals[0], values.stage);
});

const regionOf = (name: string): string => settingsOf(name).region ?? process.env.AWS_REGION ?? "us-east-1";

const { status } = spawnSync(
  process.execPath,
  ["node_modules/sst/cli/sst.js", command, "--stage", stage, "--region", regionOf(stage)],
  { cwd: root, stdio: "inherit" },
);
// SST has said what went wrong.
if (status !== 0) process.exit(status ?? 1);
if (command === "deploy") await finish();

/** Ends with what is missing in a command line, in a line of its own. */
function understood<Plan>(plan: () => Plan): Plan {
  try {
    return plan();
  } catch (error) {
    if (!(error instanceof Unclear)) throw error;
    console.error(error.message);
    process.exit(2);
  }
}

/** Tells Inngest of the workflows, and AWS not to delete the stacks. */
async function finish(): Promise<void> {
  const outputs = JSON.parse(readFileSync(path.join(root, ".sst/outputs.json"), "utf8")) as Record<
    string,
    Record<string, string>
  >;
  if (isProtected(settingsOf(stage))) {
    for (const stack of Object.keys(outputs)) {
      const protect = ["--enable-termination-protection", "--stack-name", stack];
      aws("cloudformation", "update-termination-protection", ...protect);
    }
  }
  const url = outputs[`${stage}-turno-Workflow`]!.WorkflowsUrl!;
  const key = aws(
    ...["ssm", "get-parameter", "--with-decryption", "--name", parameterOf(stage, "inngest-signing-key")],
    ...["--query", "Parameter.Value", "--output", "text"],
  );
  await sync(url, key);
  console.log(`Inngest knows the workflows of ${stage}.`);
}

function aws(...args: string[]): string {
  return run("aws", [...args, "--region", regionOf(stage)]);
}

function run(program: string, args: readonly string[]): string {
  return execFileSync(program, args, { cwd: root, encoding: "utf8" }).trim();
}
