import type * as z from "zod";
import type { Access } from "./access.ts";
import type { FailureType } from "./failure/index.ts";

/** The bounded contexts that have routes; each is one Lambda. */
export const contexts = [
  "platform",
  "identity",
  "scheduling",
  "booking",
  "notifications",
  "operations",
  "webhooks",
] as const;
export type ContextName = (typeof contexts)[number];

export type SuccessStatus = 200 | 201 | 202 | 204;

/** One operation of the HTTP API. Gateway, handler, OpenAPI and client are made from it. */
export interface Route {
  readonly id: string;
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  readonly path: `/${string}`;
  readonly context: ContextName;
  readonly access: Access;
  /** One line. */
  readonly summary: string;
  /** What a caller has to know besides. */
  readonly description?: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** A body as a reader would send it. */
  readonly example?: Readonly<Record<string, unknown>>;
  /** The media type of the answer; JSON when left out. */
  readonly produces?: "text/html" | "text/calendar" | "text/plain" | "text/xml";
  /** The answer carries the thing's version as its ETag, and an edit takes it as If-Match. */
  readonly versioned?: true;
  /** The status of success, one, with what it answers. */
  readonly responses: Partial<Record<SuccessStatus, z.ZodType>>;
  /** What may go wrong beyond what follows from the rest of the route; see {@link failuresOf}. */
  readonly failures: readonly FailureType[];
}

/** Keeps the exact type of a route, for handlers and clients. */
export const route = <const R extends Route>(value: R): R => value;

/** The status of success and what it answers. */
export function successOf(value: Route): { readonly status: SuccessStatus; readonly schema: z.ZodType } {
  const [entry] = Object.entries(value.responses);
  if (!entry) throw new Error(`${value.id} has no response`);
  return { status: Number(entry[0]) as SuccessStatus, schema: entry[1] };
}

const credentialFailures = (access: Access): FailureType[] => {
  switch (access.kind) {
    case "public":
    case "signature":
      return [];
    case "public-or-staff":
    case "link-or-staff":
      return ["unauthenticated", "link-invalid", "link-expired", "not-a-member", "forbidden"];
    case "staff":
      return ["unauthenticated", "not-a-member", "forbidden"];
  }
};

/** Whether a caller may name the call by an Idempotency-Key; providers have ids of their own. */
export const takesKey = ({ method, access }: Route): boolean =>
  method === "POST" && access.kind !== "signature";

/** Everything that a call may fail with: what the route names, and what follows from its shape. */
export function failuresOf(value: Route): FailureType[] {
  const all: FailureType[] = [
    ...credentialFailures(value.access),
    ...(value.body ? (["malformed-json", "too-large", "unsupported-media-type"] as const) : []),
    ...(value.params || value.query || value.body ? (["invalid"] as const) : []),
    ...(takesKey(value) ? (["idempotency-key-reused"] as const) : []),
    ...(value.versioned && value.method === "PATCH" ? (["stale"] as const) : []),
    ...value.failures,
    "busy",
    "internal",
  ];
  return [...new Set(all)];
}
