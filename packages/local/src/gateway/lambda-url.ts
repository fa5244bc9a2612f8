import { type Address, BodyTooLarge, listen, type RunningServer, readBody } from "../server/index.ts";
import { type Call, directCall, readCall } from "./call.ts";
import { proxyEvent } from "./event.ts";
import { invoke, type LambdaTarget } from "./invocation.ts";
import { type HttpAnswer, readResult } from "./result.ts";

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

/** A call of a function URL by whoever is in this process. */
export interface DirectCall {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface DirectAnswer {
  readonly status: number;
  readonly headers: HttpAnswer["headers"];
  readonly text: string;
}

export interface LambdaUrl extends RunningServer {
  /** Calls the function without the network, which takes time of its own: it is told the same and answers the same. */
  send(call: DirectCall): Promise<DirectAnswer>;
}

/**
 * Starts what a Lambda function URL is: every method and path goes to one handler, in payload format 2.0 with the
 * path as it was sent. A failed or late handler is a 502.
 *
 * Source: docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
 */
export async function startLambdaUrl(options: LambdaUrlOptions): Promise<LambdaUrl> {
  const { functionName, handler, timeoutMs = 900_000 } = options;
  const report = options.report ?? ((error: unknown) => console.error(`${functionName}:`, error));
  const answerTo = async (call: Call, body: Buffer): Promise<HttpAnswer> => {
    try {
      const event = proxyEvent(call, body, { routeKey: "$default", rawPath: call.encodedPath });
      return readResult(await invoke(functionName, handler, event, timeoutMs));
    } catch (error) {
      report(error);
      return refusal(502, "Internal Server Error");
    }
  };
  const server = await listen(async (request, response) => {
    const call = readCall(request);
    const body = await readBody(request, MAX_BODY_BYTES).catch((error: unknown) => {
      if (error instanceof BodyTooLarge) return undefined;
      throw error;
    });
    const answer = body ? await answerTo(call, body) : refusal(413, TOO_LARGE);
    response.writeHead(answer.statusCode, { ...answer.headers, "x-amzn-requestid": call.requestId });
    response.end(answer.body);
  }, options);
  return {
    ...server,
    async send({ method, url, headers, body: text }) {
      const body = Buffer.from(text);
      const isTooLarge = body.length > MAX_BODY_BYTES;
      const call = directCall({ method, url, headers });
      const answer = isTooLarge ? refusal(413, TOO_LARGE) : await answerTo(call, body);
      return { status: answer.statusCode, headers: answer.headers, text: answer.body.toString() };
    },
  };
}

const refusal = (statusCode: number, body: string): HttpAnswer => ({
  statusCode,
  headers: { "content-type": "application/json" },
  body: Buffer.from(body),
});
