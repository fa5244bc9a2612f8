import { randomBytes } from "node:crypto";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import type { Call } from "./call.ts";

/** What routing and authorization add to a call. */
export interface Routing {
  routeKey: string;
  /** Decoded by API Gateway, left as it was sent by function URLs. */
  rawPath: string;
  pathParameters?: Record<string, string>;
  /** The claims of a verified token, all written as strings. */
  claims?: Record<string, string>;
}

/**
 * Builds the event of payload format 2.0. A field that would be empty is left out, as AWS does.
 *
 * Source: docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function proxyEvent(call: Call, body: Buffer, routing: Routing): APIGatewayProxyEventV2 {
  const query = queryParameters(call.rawQueryString);
  const { pathParameters = {} } = routing;
  return {
    version: "2.0",
    routeKey: routing.routeKey,
    rawPath: routing.rawPath,
    rawQueryString: call.rawQueryString,
    ...(call.cookies.length > 0 && { cookies: call.cookies }),
    headers: forwardedHeaders(call, body.length),
    ...(Object.keys(query).length > 0 && { queryStringParameters: query }),
    requestContext: requestContext(call, routing),
    ...(Object.keys(pathParameters).length > 0 && { pathParameters }),
    ...bodyFields(body, call.headers["content-type"]),
  };
}

function requestContext(call: Call, routing: Routing): APIGatewayProxyEventV2["requestContext"] {
  const domainName = (call.headers.host ?? "localhost").replace(/:\d+$/, "");
  // Scopes are null unless a route asks for some, and no route of ours does.
  const authorizer = routing.claims && { authorizer: { jwt: { claims: routing.claims, scopes: null } } };
  return {
    accountId: "000000000000",
    apiId: "local",
    ...authorizer,
    domainName,
    domainPrefix: domainName.split(".")[0]!,
    http: {
      method: call.method,
      path: routing.rawPath,
      protocol: call.protocol,
      sourceIp: call.sourceIp,
      userAgent: call.headers["user-agent"] ?? "",
    },
    requestId: call.requestId,
    routeKey: routing.routeKey,
    stage: "$default",
    time: commonLogTime(call.receivedAt),
    timeEpoch: call.receivedAt,
  };
}

function forwardedHeaders(call: Call, contentLength: number): Record<string, string> {
  const through = call.headers["x-forwarded-for"];
  return {
    ...call.headers,
    "content-length": String(contentLength),
    "x-amzn-trace-id": call.headers["x-amzn-trace-id"] ?? traceId(call.receivedAt),
    "x-forwarded-for": through === undefined ? call.sourceIp : `${through}, ${call.sourceIp}`,
    "x-forwarded-port": String(call.localPort),
    "x-forwarded-proto": "http",
  };
}

function queryParameters(rawQueryString: string): Record<string, string> {
  const joined = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(rawQueryString)) {
    const before = joined.get(name);
    joined.set(name, before === undefined ? value : `${before},${value}`);
  }
  return Object.fromEntries(joined);
}

/**
 * API Gateway hands over as text only what these types announce. All else is base64, also a form, and a body that
 * comes without a type (observed on AWS: github.com/ministackorg/ministack/pull/766).
 */
const TEXT = /^(text\/.*|application\/(json|xml|javascript))$/i;

function bodyFields(body: Buffer, contentType = ""): { body?: string; isBase64Encoded: boolean } {
  if (body.length === 0) return { isBase64Encoded: false };
  const isText = TEXT.test(contentType.split(";")[0]!.trim());
  return { body: body.toString(isText ? "utf8" : "base64"), isBase64Encoded: !isText };
}

function traceId(instant: number): string {
  return `Root=1-${Math.floor(instant / 1000).toString(16)}-${randomBytes(12).toString("hex")}`;
}

/** `12/Mar/2020:19:03:58 +0000` */
function commonLogTime(instant: number): string {
  const [, day, month, year, time] = new Date(instant).toUTCString().split(" ");
  return `${day}/${month}/${year}:${time} +0000`;
}
