import { type Address, BodyTooLarge, listen, type RunningServer, readBody } from "../server/index.ts";
import { readCall } from "./call.ts";
import { proxyEvent } from "./event.ts";
import { invoke, type LambdaTarget } from "./invocation.ts";
import { readResult } from "./result.ts";

export interface LambdaUrlOptions extends Address {
  functionName: string;
  handler: LambdaTarget;
  /** The timeout of the function, in milliseconds; 15 minutes is the most that Lambda has. */
  timeoutMs?: number;
  /** Hears what the handler threw, which on AWS is in its log. */
  report?: (error: unknown) => void;
}

/** What a Lambda takes at most when it is called synchronously, in bytes. */
const MAX_BODY_BYTES = 6 * 1024 * 1024;

const TOO_LARGE = JSON.stringify({
  Message: `Request must be smaller than ${MAX_BODY_BYTES} bytes for the InvokeFunction operation`,
});

/**
 * Starts what a Lambda function URL is: every method and path goes to one handler, in payload format 2.0 with the
 * path as it was sent. A failed or late handler is a 502.
 *
 * Source: docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
 */
export async function startLambdaUrl(options: LambdaUrlOptions): Promise<RunningServer> {
  const { functionName, handler, timeoutMs = 900_000 } = options;
  const report = options.report ?? ((error: unknown) => console.error(`${functionName}:`, error));
  return listen(async (request, response) => {
    const call = readCall(request);
    try {
      const body = await readBody(request, MAX_BODY_BYTES);
      const event = proxyEvent(call, body, { routeKey: "$default", rawPath: call.encodedPath });
      const answer = readResult(await invoke(functionName, handler, event, timeoutMs));
      response.writeHead(answer.statusCode, { ...answer.headers, "x-amzn-requestid": call.requestId });
      response.end(answer.body);
    } catch (error) {
      if (request.destroyed && !request.complete) throw error;
      const tooLarge = error instanceof BodyTooLarge;
      if (!tooLarge) report(error);
      response.writeHead(tooLarge ? 413 : 502, {
        "content-type": "application/json",
        "x-amzn-requestid": call.requestId,
      });
      response.end(tooLarge ? TOO_LARGE : "Internal Server Error");
    }
  }, options);
}
