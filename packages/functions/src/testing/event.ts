import { randomUUID } from "node:crypto";
import type {
  APIGatewayEventRequestContextV2,
  APIGatewayProxyEventV2WithRequestContext,
  Context as LambdaContext,
} from "aws-lambda";

export interface Sent {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as JSON; text is sent as it stands. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Of a token that the gateway has checked. */
  readonly claims?: Readonly<Record<string, string>>;
  readonly isBase64Encoded?: boolean;
}

type Event = APIGatewayProxyEventV2WithRequestContext<
  APIGatewayEventRequestContextV2 & { authorizer?: { jwt: { claims: Record<string, string>; scopes: null } } }
>;

/** The event that API Gateway makes of a call: payload format 2.0, as it was recorded on AWS. */
export function eventFor(
  { method, path }: { readonly method: string; readonly path: string },
  { params = {}, query = {}, body, headers = {}, claims, isBase64Encoded = false }: Sent,
): Event {
  const rawPath = Object.entries(params).reduce(
    (url, [name, value]) => url.replace(`{${name}}`, value),
    path,
  );
  const routeKey = `${method} ${path}`;
  return {
    version: "2.0",
    routeKey,
    rawPath,
    rawQueryString: new URLSearchParams(query).toString(),
    headers: {
      accept: "*/*",
      ...(body !== undefined && { "content-type": "application/json" }),
      host: "r3pmxmplak.execute-api.us-east-2.amazonaws.com",
      "x-amzn-trace-id": "Root=1-5e6722a7-cc56xmpl46db7ae02d4da47e",
      "x-forwarded-for": "205.255.255.176",
      "x-forwarded-port": "443",
      "x-forwarded-proto": "https",
      ...headers,
    },
    ...(Object.keys(query).length > 0 && { queryStringParameters: { ...query } }),
    requestContext: {
      accountId: "123456789012",
      apiId: "r3pmxmplak",
      ...(claims && { authorizer: { jwt: { claims: { ...claims }, scopes: null } } }),
      domainName: "r3pmxmplak.execute-api.us-east-2.amazonaws.com",
      domainPrefix: "r3pmxmplak",
      http: { method, path: rawPath, protocol: "HTTP/1.1", sourceIp: "205.255.255.176", userAgent: "curl" },
      requestId: "JKJaXmPLvHcESHA=",
      routeKey,
      stage: "$default",
      time: "10/Mar/2020:05:16:23 +0000",
      timeEpoch: 1583817383220,
    },
    ...(Object.keys(params).length > 0 && { pathParameters: { ...params } }),
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    isBase64Encoded,
  };
}

const withoutCallbacks = () => {
  throw new Error("The Node 24 runtime of Lambda has no callbacks: return a promise");
};

export const lambdaContext: LambdaContext = {
  callbackWaitsForEmptyEventLoop: true,
  functionName: "api",
  functionVersion: "$LATEST",
  invokedFunctionArn: "arn:aws:lambda:us-east-2:123456789012:function:api",
  memoryLimitInMB: "1024",
  awsRequestId: randomUUID(),
  logGroupName: "/aws/lambda/api",
  logStreamName: "2020/03/10/[$LATEST]d9c1",
  getRemainingTimeInMillis: () => 30_000,
  done: withoutCallbacks,
  fail: withoutCallbacks,
  succeed: withoutCallbacks,
};
