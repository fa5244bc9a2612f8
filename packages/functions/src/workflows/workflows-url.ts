import type { Workflows } from "@turno/workflows";
import type { APIGatewayProxyEventV2, APIGatewayProxyResult, Context } from "aws-lambda";
import { serve } from "inngest/lambda";

export type UrlHandler = (event: APIGatewayProxyEventV2, context: Context) => Promise<APIGatewayProxyResult>;

/**
 * Serves the workflows at a function URL.
 *
 * The event is passed on as it came: the signature covers the body. A call that did not come over HTTP, such as a
 * warmer's, has nothing to be answered.
 */
export function workflowsUrl({ inngest, functions }: Workflows): UrlHandler {
  // Without a signature anybody could have this URL registered with the service.
  const served = serve({ client: inngest, functions, enableUnauthedSync: false });
  return async (event, context) => {
    if (!event.requestContext?.http) return { statusCode: 204, body: "" };
    // The adapter takes both of the gateway's formats, as one of the two.
    return served(event as Parameters<typeof served>[0], context);
  };
}

/**
 * Refuses to start a deployed function with INNGEST_DEV, which would open it to unsigned calls of anybody.
 *
 * `IS_LOCAL` is what SST sets where it runs a function on the developer's own machine.
 */
export function requireSignatures(variables: Record<string, string | undefined> = process.env): void {
  const isDeployed = variables.AWS_LAMBDA_FUNCTION_NAME !== undefined && variables.IS_LOCAL === undefined;
  if (isDeployed && variables.INNGEST_DEV !== undefined) {
    throw new Error("INNGEST_DEV is set on a deployed function: calls would be taken without a signature.");
  }
}
