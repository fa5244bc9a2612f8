import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type BuildOptions, build } from "esbuild";
import { esbuildOptions } from "../../infra/bundle/index.ts";
import type { Bundle } from "./bundle.ts";
import { run } from "./runtime.ts";

/** In milliseconds of a processor. */
export interface ImportTimes {
  /** Of AWS's client for DynamoDB alone, as it comes. */
  readonly client: number;
  /** Of the same client with all taken out of it that our Lambdas do without. */
  readonly trimmedClient: number;
  readonly lambdas: readonly { readonly name: string; readonly ms: number }[];
}

/** Enough for any Lambda to start without asking for anything. */
const VARIABLES = {
  AWS_REGION: "us-east-1",
  AWS_ACCESS_KEY_ID: "test",
  AWS_SECRET_ACCESS_KEY: "test",
  TABLE_NAME: "test",
  STAGE: "test",
  VERSION: "0",
  MASTER_KEY: Buffer.alloc(32).toString("base64"),
  INNGEST_EVENT_KEY: "event-key",
  INNGEST_SIGNING_KEY: "signkey-test-00000000",
  RESEND_API_KEY: "re_key",
};

interface Patience {
  /** How often each is loaded at most. */
  readonly rounds: number;
  /** Whether what was found is enough already; asked after five rounds and after each that follows. */
  readonly enough?: (times: ImportTimes) => boolean;
}

/**
 * How long each bundle takes to load, at best: what else the machine does can only add to it. They take turns, so that a
 * slow moment is slow for all.
 */
export async function importTimes(
  bundles: readonly Bundle[],
  { rounds, enough = () => false }: Patience,
): Promise<ImportTimes> {
  const folder = mkdtempSync(path.join(tmpdir(), "turno-client-"));
  const clients = [
    await clientAlone(folder, "client", { ...esbuildOptions, plugins: [] }),
    await clientAlone(folder, "trimmed", esbuildOptions),
  ];
  const all = [...clients, ...bundles];
  const best = all.map(() => Number.POSITIVE_INFINITY);
  const times = (): ImportTimes => {
    const [client, trimmedClient, ...rest] = best as [number, number, ...number[]];
    const lambdas = bundles.map(({ name }, index) => ({ name, ms: rest[index]! }));
    return { client, trimmedClient, lambdas };
  };
  for (let round = 1; round <= rounds; round++) {
    for (const [index, bundle] of all.entries()) {
      const { importMs } = await run(bundle, VARIABLES);
      best[index] = Math.min(best[index]!, importMs);
    }
    if (round >= 5 && enough(times())) break;
  }
  rmSync(folder, { recursive: true, force: true });
  return times();
}

/** The client alone, bundled as SST bundles a Lambda, with these options on top. */
async function clientAlone(
  folder: string,
  name: string,
  options: BuildOptions,
): Promise<Pick<Bundle, "folder" | "handler">> {
  await build({
    ...options,
    stdin: {
      contents: `import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
        const client = new DynamoDBClient({});
        export const handler = async () => client.config.region();`,
      resolveDir: import.meta.dirname,
    },
    outfile: path.join(folder, `${name}.mjs`),
    bundle: true,
    platform: "node",
    format: "esm",
    mainFields: ["module", "main"],
    minify: true,
    banner: {
      js: 'import { createRequire as requireFor } from "node:module"; const require = requireFor(import.meta.url);',
    },
  });
  return { folder, handler: `${name}.handler` };
}
