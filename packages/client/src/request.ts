import type { Route } from "@turno/contract";
import type { CallOptions } from "./calls.ts";

/** A call with its parts, whatever the route. */
export interface AnyCall extends CallOptions {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly idempotencyKey?: string;
  readonly ifMatch?: number;
}

/** The address of a call. Throws when a parameter of the path is missing. */
export function urlOf(baseUrl: string, { path }: Route, { params = {}, query = {} }: AnyCall): string {
  const filled = path.replace(/\{([^}]+)\}/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined || value === "") throw new TypeError(`${path} needs ${name}`);
    return encodeURIComponent(String(value));
  });
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)] as [string, string]],
    ),
  ).toString();
  return `${baseUrl.replace(/\/+$/, "")}${filled}${search && `?${search}`}`;
}

/** The headers of a call; `key` is there for what may be repeated without harm. */
export function headersOf(
  { body, ifMatch }: AnyCall,
  { token, key }: { token: string | undefined; key: string | undefined },
): Record<string, string> {
  return {
    accept: "application/json, application/problem+json, text/*",
    ...(body !== undefined && { "content-type": "application/json" }),
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(key !== undefined && { "idempotency-key": key }),
    ...(ifMatch !== undefined && { "if-match": `"${ifMatch}"` }),
  };
}
