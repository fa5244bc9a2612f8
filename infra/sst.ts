import type { Stack } from "sst/constructs";

/**
 * Takes away the Lambda that SST puts into every stack for its own custom resources.
 *
 * To be called at the end of a stack that has none of those.
 */
export function withoutHelper(stack: Stack): void {
  stack.node.tryRemoveChild("CustomResourceHandler");
}
