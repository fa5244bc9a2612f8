import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Aspects } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { AwsSolutionsChecks, HIPAASecurityChecks } from "cdk-nag";
import { App, getStack } from "sst/constructs";
import { setProject } from "sst/project.js";
import { suppress } from "../../infra/nag.ts";
import { isProtected, type Settings, settingsOf } from "../../infra/settings.ts";
import { buildApp, stacks } from "../../stacks/index.ts";
import { type Bundle, bundleOf } from "./bundle.ts";

export interface Resource {
  readonly Type: string;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly DependsOn?: readonly string[];
  readonly Properties: Record<string, unknown>;
}

export interface SynthesizedStage {
  readonly bundles: readonly Bundle[];
  readonly templates: Readonly<Record<string, Template>>;
  /** What cdk-nag objects to and nobody has given a reason for. */
  readonly findings: readonly string[];
  /** Suppressions that had nothing to suppress. */
  readonly unused: readonly string[];
}

const root = path.resolve(import.meta.dirname, "../..");

Object.assign(process.env, {
  // Otherwise SST looks into the account for what its bootstrap left there.
  NODE_ENV: "test",
  AWS_ACCESS_KEY_ID: "test",
  AWS_SECRET_ACCESS_KEY: "test",
  AWS_REGION: "us-east-1",
  JSII_DEPRECATED: "quiet",
  SST_BUILD_CONCURRENCY: "2",
  SST_TELEMETRY_DISABLED: "1",
  PATH: [path.join(import.meta.dirname, "bin"), process.env.PATH].join(path.delimiter),
});

const folders: string[] = [];

/** Takes away the files of all stages. Not one by one: SST puts the bundles of all into the folder of the first. */
export function discardStages(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** Makes the templates of a stage with all their bundles, without AWS, and has cdk-nag look at them. */
export async function synthesize(
  stage: string,
  settings: Settings = settingsOf(stage),
): Promise<SynthesizedStage> {
  const out = mkdtempSync(path.join(tmpdir(), `turno-${stage}-`));
  folders.push(out);
  setProject({
    version: "2.49.8",
    cdkVersion: "2.224.0",
    constructsVersion: "10.3.0",
    config: { name: "turno", region: "us-east-1", stage, ssmPrefix: `/sst/turno/${stage}/` },
    paths: { root, config: path.join(root, "sst.config.ts"), out, artifacts: path.join(out, "artifacts") },
    metafile: { inputs: {}, outputs: {} },
    stacks: () => undefined,
  });
  const account = settings.account ?? "111111111111";
  const app = new App(
    { mode: "deploy", stage, name: "turno", region: "us-east-1", account },
    { outdir: path.join(out, "dist") },
  );
  Aspects.of(app).add(new AwsSolutionsChecks());
  if (isProtected(settings)) Aspects.of(app).add(new HIPAASecurityChecks());
  buildApp(app, settings);
  await app.finish();
  const unused = suppress(app);
  // Once only: an aspect of SST's remembers what it has seen and refuses to see it again.
  const assembly = app.synth();
  const artifacts = stacks.map(
    (stack) => [stack.name, assembly.getStackArtifact(getStack(stack).artifactId)] as const,
  );
  const templates = Object.fromEntries(
    artifacts.map(([name, { template }]) => [name, Template.fromJSON(template as object)]),
  );
  const lambdas = Object.values(templates).flatMap((template) => ofType(template, "AWS::Lambda::Function"));
  return {
    templates,
    bundles: lambdas.map((resource) => bundleOf(resource, `${stage}-turno-`, assembly)),
    findings: artifacts.flatMap(([name, { messages }]) =>
      messages
        .filter(({ level }) => level !== "info")
        .map(({ id, entry }) => `${name} ${id} ${String(entry.data).slice(0, 160)}`),
    ),
    unused,
  };
}

export const resourcesOf = (template: Template): Readonly<Record<string, Resource>> =>
  (template.toJSON().Resources ?? {}) as Record<string, Resource>;

export const ofType = (template: Template, type: string): readonly Resource[] =>
  Object.values(resourcesOf(template)).filter((resource) => resource.Type === type);
