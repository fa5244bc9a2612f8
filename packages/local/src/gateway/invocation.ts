import { randomUUID } from "node:crypto";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";

export type LambdaTarget = (
  event: APIGatewayProxyEventV2,
  context: Context,
) => Promise<APIGatewayProxyStructuredResultV2>;

/** A Lambda did not answer in the time it has. */
export class InvocationTimedOut extends Error {
  override name = "InvocationTimedOut";

  constructor(functionName: string, timeoutMs: number) {
    super(`${functionName} did not answer within ${timeoutMs} ms`);
  }
}

/**
 * Calls a Lambda with a context that counts down, and returns what it returned.
 *
 * @throws InvocationTimedOut after `timeoutMs`; what the handler goes on doing is no longer heard.
 */
export async function invoke(
  functionName: string,
  target: LambdaTarget,
  event: APIGatewayProxyEventV2,
  timeoutMs: number,
): Promise<unknown> {
  const deadline = performance.now() + timeoutMs;
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new InvocationTimedOut(functionName, timeoutMs)), timeoutMs);
  });
  // The async function turns what the handler throws before its first await into a rejection.
  const answer = (async () => target(event, createContext(functionName, deadline)))();
  try {
    return await Promise.race([answer, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

function createContext(functionName: string, deadline: number): Context {
  const withoutCallbacks = () => {
    throw new Error("The Node 24 runtime of Lambda has no callbacks: return a promise");
  };
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName,
    functionVersion: "$LATEST",
    invokedFunctionArn: `arn:aws:lambda:us-east-1:000000000000:function:${functionName}`,
    memoryLimitInMB: "1024",
    awsRequestId: randomUUID(),
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: "local",
    getRemainingTimeInMillis: () => Math.max(0, Math.round(deadline - performance.now())),
    done: withoutCallbacks,
    fail: withoutCallbacks,
    succeed: withoutCallbacks,
  };
}
