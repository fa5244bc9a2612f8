import { Aspects, CfnResource, Stack } from "aws-cdk-lib";
import type { App } from "sst/constructs";

/** Keeps every role of the app below the policy of this name in the account. */
export function boundary(app: App, policy: string): void {
  Aspects.of(app).add({
    // By type, not by class: the roles of CDK's own custom resources are plain CfnResources.
    visit(node) {
      if (!CfnResource.isCfnResource(node) || node.cfnResourceType !== "AWS::IAM::Role") return;
      const { partition, account } = Stack.of(node);
      node.addPropertyOverride("PermissionsBoundary", `arn:${partition}:iam::${account}:policy/${policy}`);
    },
  });
}
