import type { Plugin } from "esbuild";

/**
 * Lets the AWS client take its credentials from the environment alone, which is where a Lambda has them.
 *
 * The chain that it tries otherwise brings the clients of three more services along: 40 % of its code.
 */
export const credentials: Plugin = {
  name: "credentials",
  setup(build) {
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
  },
};
