import path from "node:path";
import type { Plugin } from "esbuild";
import { expecting } from "./expecting.ts";
import { FOLDER } from "./folder.ts";

const CACHE = path.join(FOLDER, "stand-ins", "lru-cache.ts");

/**
 * Lets the AWS client take its credentials from the environment alone, which is where a Lambda has them, and keeps it
 * from a library of caches.
 *
 * The chain that it tries otherwise brings the clients of three more services along: 40 % of its code.
 */
export const aws: Plugin = {
  name: "aws",
  setup(build) {
    expecting(build, /[\\/]client-dynamodb[\\/]dist-es[\\/]DynamoDBClient\.js$/, [
      /^environment$/,
      /[\\/]stand-ins[\\/]lru-cache\.ts$/,
    ]);
    build.onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, ({ resolveDir }) => ({
      path: "environment",
      namespace: "credentials",
      pluginData: { resolveDir },
    }));
    build.onLoad({ filter: /.*/, namespace: "credentials" }, ({ pluginData }) => ({
      contents: `import { fromEnv } from "@aws-sdk/credential-provider-env";
        export const defaultProvider = () => fromEnv();`,
      resolveDir: (pluginData as { resolveDir: string }).resolveDir,
    }));
    build.onResolve({ filter: /^mnemonist\/lru-cache$/ }, () => ({ path: CACHE }));
  },
};
