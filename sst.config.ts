import type { SSTConfig } from "sst";

export default {
  config: ({ region }) => ({
    name: "turno",
    region: region ?? "us-east-1",
    // The bucket of `cdk bootstrap` serves for assets; SST then needs no custom resource in the account.
    bootstrap: { useCdkBucket: true },
  }),
  // Imported when it is called: SST loads this file for every command, and most need no stack.
  async stacks(app) {
    const { buildApp } = await import("./stacks/index.ts");
    buildApp(app);
  },
} satisfies SSTConfig;
