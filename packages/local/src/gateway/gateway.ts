import type { IncomingMessage, ServerResponse } from "node:http";
import { type Address, BodyTooLarge, listen, type RunningServer, readBody } from "../server/index.ts";
import { type Authorizer, createAuthorizer, type JwtOptions, Unauthorized } from "./authorizer.ts";
import { type Call, readCall } from "./call.ts";
import { type CorsOptions, crossOriginHeaders, isPreflight, preflightHeaders, withoutCors } from "./cors.ts";
import { proxyEvent } from "./event.ts";
import { InvocationTimedOut, invoke, type LambdaTarget } from "./invocation.ts";
import { type HttpAnswer, readResult } from "./result.ts";
import { createRouter, type Route, type Router } from "./routes.ts";

export interface GatewayOptions extends Address {
  routes: readonly Route[];
  /** The Lambdas by the names that the routes use. */
  targets: Readonly<Record<string, LambdaTarget>>;
  /** Needed when a route asks for a token. */
  authorizer?: JwtOptions;
  cors?: CorsOptions;
  /** 10 MB, as on AWS. */
  maxBodyBytes?: number;
  /** How long a Lambda may take; 30 s, as on AWS. */
  timeoutMs?: number;
  /** Hears what a Lambda threw, which on AWS is in its log. */
  report?: (error: unknown, target: string) => void;
}

interface Gateway {
  router: Router;
  targets: GatewayOptions["targets"];
  /** There whenever a route asks for a token. */
  authorize: Authorizer | undefined;
  cors: CorsOptions | undefined;
  maxBodyBytes: number;
  timeoutMs: number;
  report: (error: unknown, target: string) => void;
}

/**
 * Starts what an API Gateway HTTP API is to clients and to Lambdas: it routes, checks tokens and sizes, answers
 * preflights, calls the target with an event of payload format 2.0, and writes its result.
 *
 * As on AWS a HEAD request needs a HEAD or ANY route.
 *
 * @throws Error when a route is malformed, given twice, has no target, or asks for a token without an authorizer.
 */
export async function startGateway(options: GatewayOptions): Promise<RunningServer> {
  const gateway = prepare(options);
  return listen(async (request, response) => {
    const call = readCall(request);
    const answer = await respond(gateway, request, call);
    send(response, call, gateway.cors ? withCors(gateway.cors, call, answer) : answer);
  }, options);
}

function prepare(options: GatewayOptions): Gateway {
  for (const { method, path, target, authorizer } of options.routes) {
    if (!Object.hasOwn(options.targets, target)) throw new Error(`${method} ${path} has no target ${target}`);
    if (authorizer === "jwt" && !options.authorizer) throw new Error(`${method} ${path} needs an authorizer`);
  }
  return {
    router: createRouter(options.routes),
    targets: options.targets,
    authorize: options.authorizer && createAuthorizer(options.authorizer),
    cors: options.cors,
    maxBodyBytes: options.maxBodyBytes ?? 10 * 1024 * 1024,
    timeoutMs: options.timeoutMs ?? 30_000,
    report: options.report ?? ((error, target) => console.error(`${target}:`, error)),
  };
}

async function respond(gateway: Gateway, request: IncomingMessage, call: Call): Promise<HttpAnswer> {
  if (gateway.cors && isPreflight(call)) return empty(204, preflightHeaders(gateway.cors, call));
  const rawPath = decode(call.encodedPath);
  if (rawPath === undefined) return message(400, "Bad Request");
  const match = gateway.router(call.method, rawPath);
  if (!match) return message(404, "Not Found");

  const { route, routeKey, pathParameters } = match;
  try {
    const claims =
      route.authorizer === "jwt" ? await gateway.authorize!(call.headers.authorization) : undefined;
    const body = await readBody(request, gateway.maxBodyBytes);
    const event = proxyEvent(call, body, { routeKey, rawPath, pathParameters, ...(claims && { claims }) });
    return readResult(
      await invoke(route.target, gateway.targets[route.target]!, event, route.timeoutMs ?? gateway.timeoutMs),
    );
  } catch (error) {
    if (error instanceof Unauthorized)
      return message(401, "Unauthorized", { "www-authenticate": error.challenge });
    if (error instanceof BodyTooLarge) return message(413, "Request Entity Too Large");
    if (request.destroyed && !request.complete) throw error;
    gateway.report(error, route.target);
    if (error instanceof InvocationTimedOut) return message(503, "Service Unavailable");
    return message(500, "Internal Server Error");
  }
}

/** HTTP APIs decode the path before they route, so that an encoded slash separates segments like any other. */
function decode(encodedPath: string): string | undefined {
  try {
    return decodeURIComponent(encodedPath);
  } catch {
    return undefined;
  }
}

function message(statusCode: number, text: string, headers: HttpAnswer["headers"] = {}): HttpAnswer {
  const body = Buffer.from(JSON.stringify({ message: text }));
  return { statusCode, headers: { ...headers, "content-type": "application/json" }, body };
}

function empty(statusCode: number, headers: HttpAnswer["headers"] = {}): HttpAnswer {
  return { statusCode, headers, body: Buffer.alloc(0) };
}

function withCors(cors: CorsOptions, call: Call, answer: HttpAnswer): HttpAnswer {
  if (isPreflight(call)) return answer;
  return { ...answer, headers: { ...withoutCors(answer.headers), ...crossOriginHeaders(cors, call) } };
}

function send(response: ServerResponse, call: Call, answer: HttpAnswer): void {
  const { statusCode, headers, body } = answer;
  const hasBody = statusCode !== 204 && statusCode !== 304;
  response.writeHead(statusCode, {
    ...headers,
    "apigw-requestid": call.requestId,
    ...(hasBody && { "content-length": body.length }),
  });
  response.end(hasBody && call.method !== "HEAD" ? body : undefined);
}
