import type { App } from "sst/constructs";

/** How CDK is to behave where it kept an old behaviour as the default. */
const flags = {
  "@aws-cdk/aws-iam:minimizePolicies": true,
  "@aws-cdk/core:checkSecretUsage": true,
  "@aws-cdk/core:target-partitions": ["aws"],
  "@aws-cdk/core:enablePartitionLiterals": true,
  "@aws-cdk/aws-kms:aliasNameRef": true,
};

/** SST reads flags from cdk.json, tests do not: set here, both make the same template. To be called before any stack. */
export function setFlags(app: App): void {
  for (const [flag, value] of Object.entries(flags)) app.node.setContext(flag, value);
}
