import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** One HTTP request, with what API Gateway and function URLs both make of it. */
export interface Call {
  method: string;
  /** As it was sent, percent-encoded, without the query. */
  encodedPath: string;
  rawQueryString: string;
  /** Lower-case names; a repeated header is joined with commas; without cookies. */
  headers: Record<string, string>;
  cookies: string[];
  protocol: string;
  sourceIp: string;
  localPort: number;
  requestId: string;
  /** Epoch milliseconds of the real clock. */
  receivedAt: number;
}

/** Headers of the connection, which end at the gateway. */
const OF_CONNECTION = new Set([
  "connection",
  "expect",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

export function readCall(request: IncomingMessage): Call {
  const [encodedPath = "/", ...query] = (request.url ?? "/").split("?");
  const { cookie, ...headers } = joinHeaders(request.rawHeaders);
  return {
    method: request.method ?? "GET",
    encodedPath,
    rawQueryString: query.join("?"),
    headers,
    cookies: cookie === undefined ? [] : cookie.split(/; */).filter(Boolean),
    protocol: `HTTP/${request.httpVersion}`,
    sourceIp: (request.socket.remoteAddress ?? "").replace(/^::ffff:/, ""),
    localPort: request.socket.localPort ?? 0,
    requestId: newRequestId(),
    receivedAt: Date.now(),
  };
}

/** What a request from this machine would be read as. */
export const directCall = ({
  method,
  url: { host, pathname, port, search },
  headers,
}: {
  readonly method: string;
  readonly url: URL;
  /** With lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
}): Call => ({
  method,
  encodedPath: pathname,
  rawQueryString: search.slice(1),
  headers: { host, ...headers },
  cookies: [],
  protocol: "HTTP/1.1",
  sourceIp: "127.0.0.1",
  localPort: Number(port),
  requestId: newRequestId(),
  receivedAt: Date.now(),
});

/** Sixteen characters of base64 with one of padding, like the ids of API Gateway. */
const newRequestId = (): string => randomBytes(11).toString("base64");

function joinHeaders(rawHeaders: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]!.toLowerCase();
    const value = rawHeaders[index + 1]!;
    if (OF_CONNECTION.has(name)) continue;
    // Only cookies are joined with a semicolon (RFC 9113, 8.2.3).
    const separator = name === "cookie" ? "; " : ",";
    headers[name] = Object.hasOwn(headers, name) ? `${headers[name]}${separator}${value}` : value;
  }
  return headers;
}
