import { Agent, type IncomingHttpHeaders, type IncomingMessage, request } from "node:http";
import { buffer } from "node:stream/consumers";

/** One call in the wire format of DynamoDB. */
export interface WireCall {
  /** Such as `TransactWriteItems`. */
  operation: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export interface WireAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export interface WireTarget {
  send(call: WireCall): Promise<WireAnswer>;
  close(): void;
}

const PREFIX = "DynamoDB_20120810.";

export function readWireCall(incoming: IncomingMessage, body: Buffer): WireCall {
  const target = String(incoming.headers["x-amz-target"] ?? "");
  return { operation: target.replace(PREFIX, ""), headers: incoming.headers, body };
}

/** Connects to the database behind the proxy. */
export function connectTo(endpoint: string): WireTarget {
  const agent = new Agent({ keepAlive: true, maxSockets: 128 });
  return {
    send: ({ operation, headers, body }) =>
      new Promise((resolve, reject) => {
        const outgoing = request(endpoint, {
          agent,
          method: "POST",
          headers: {
            ...headers,
            host: new URL(endpoint).host,
            "x-amz-target": PREFIX + operation,
            "content-length": body.length,
          },
        });
        outgoing.once("error", reject);
        outgoing.once("response", (incoming) => {
          buffer(incoming).then(
            (content) => resolve({ status: incoming.statusCode!, headers: incoming.headers, body: content }),
            reject,
          );
        });
        outgoing.end(body);
      }),
    close: () => agent.destroy(),
  };
}
