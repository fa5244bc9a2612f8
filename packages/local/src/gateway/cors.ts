import type { Call } from "./call.ts";

/** The CORS configuration of an HTTP API. */
export interface CorsOptions {
  /** Origins, or `*`, `https://*`, `http://*`. */
  allowOrigins: readonly string[];
  allowMethods: readonly string[];
  allowHeaders: readonly string[];
  exposeHeaders?: readonly string[];
  allowCredentials?: boolean;
  /** How long a browser may remember a preflight, in seconds. */
  maxAgeSeconds?: number;
}

type Headers = Record<string, string>;

export function isPreflight(call: Call): boolean {
  return (
    call.method === "OPTIONS" &&
    call.headers.origin !== undefined &&
    call.headers["access-control-request-method"] !== undefined
  );
}

/** The headers of a preflight answer; none for an origin that is not allowed, and the browser then refuses. */
export function preflightHeaders(options: CorsOptions, call: Call): Headers {
  const origin = allowedOrigin(options, call.headers.origin);
  if (origin === undefined) return {};
  return {
    ...shared(options, origin),
    "access-control-allow-methods": options.allowMethods.join(","),
    "access-control-allow-headers": options.allowHeaders.join(","),
    ...(options.maxAgeSeconds !== undefined && { "access-control-max-age": String(options.maxAgeSeconds) }),
  };
}

/** The headers that join the answer to an ordinary request of another origin. */
export function crossOriginHeaders(options: CorsOptions, call: Call): Headers {
  const origin = allowedOrigin(options, call.headers.origin);
  return origin === undefined ? {} : shared(options, origin);
}

/** With CORS configured, API Gateway ignores what the Lambda says about it. */
export function withoutCors<T>(headers: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith("access-control-")));
}

function shared(options: CorsOptions, origin: string): Headers {
  return {
    "access-control-allow-origin": origin,
    ...(options.allowCredentials && { "access-control-allow-credentials": "true" }),
    ...(options.exposeHeaders?.length && {
      "access-control-expose-headers": options.exposeHeaders.join(","),
    }),
  };
}

function allowedOrigin(options: CorsOptions, origin: string | undefined): string | undefined {
  if (origin === undefined) return undefined;
  if (options.allowOrigins.includes("*")) return "*";
  const allowed = options.allowOrigins.some((entry) =>
    entry.endsWith("://*") ? origin.startsWith(entry.slice(0, -1)) : entry === origin,
  );
  return allowed ? origin : undefined;
}
