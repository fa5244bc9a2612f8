import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import type { CloudAssembly } from "aws-cdk-lib/cx-api";
import type { Resource } from "./synth.ts";

/** What would be uploaded for one Lambda. */
export interface Bundle {
  /** The Lambda's, without the stage. */
  readonly name: string;
  readonly folder: string;
  /** As Lambda is told it: a file without its extension, a dot, and what it exports. */
  readonly handler: string;
  /** The names of the variables that the Lambda is started with. */
  readonly variables: Readonly<Record<string, unknown>>;
}

/** The bundle of a Lambda in a synthesized assembly. */
export function bundleOf({ Properties }: Resource, prefix: string, assembly: CloudAssembly): Bundle {
  const { FunctionName, Handler, Code, Environment } = Properties as {
    FunctionName: string;
    Handler: string;
    Code: { S3Key: string };
    Environment: { Variables: Record<string, unknown> };
  };
  return {
    name: FunctionName.slice(prefix.length),
    folder: path.join(assembly.directory, `asset.${Code.S3Key.replace(/\.zip$/, "")}`),
    handler: Handler,
    variables: Environment.Variables,
  };
}

export const fileOf = ({ folder, handler }: Pick<Bundle, "folder" | "handler">): string =>
  path.join(folder, `${handler.slice(0, handler.lastIndexOf("."))}.mjs`);

/** In bytes, without the source map, which is not read before something fails. */
export const sizeOf = (bundle: Bundle): number => statSync(fileOf(bundle)).size;

/** The source files that the bundle was made of. */
export function sourcesOf(bundle: Bundle): string[] {
  const map = JSON.parse(readFileSync(`${fileOf(bundle)}.map`, "utf8")) as { sources: string[] };
  return map.sources;
}
