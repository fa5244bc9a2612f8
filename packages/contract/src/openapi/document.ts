import * as z from "zod";
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from "zod-openapi";
import type { Access } from "../access.ts";
import { type Route, routes, successOf, takesKey } from "../index.ts";
import { problemComponents, problemResponses } from "./problems.ts";

const info = {
  title: "Turno",
  version: "1",
  description: [
    "The booking platform for clinics. Patients look for a free time and ask for it, doctors decide, messages go out.",
    "Instants are ISO 8601 in UTC with milliseconds; an input may carry any offset. Dates are `YYYY-MM-DD` in the zone of the profile or clinic. Money is an integer in minor units beside its currency.",
    "Staff send the token of the clinic's OIDC issuer, patients the token of their link, both as `Authorization: Bearer …`.",
    "Send an `Idempotency-Key` with every POST: a repetition with the same key and body has the same answer and no second effect; with another body it fails.",
    "Edits take the `ETag` of what was read as `If-Match`; without it the last edit wins.",
    "Lists answer `items` and, while there is more, `nextCursor`. A failure is `application/problem+json` (RFC 9457); decide by its `type`.",
  ].join("\n\n"),
  license: { name: "MIT", identifier: "MIT" },
};

const tags = [
  { name: "booking", description: "Requests, and the reservations that they become" },
  { name: "scheduling", description: "Services, weekly hours, exceptions and slots of a calendar" },
  { name: "identity", description: "Clinics, profiles, patients, and who is asking" },
  { name: "notifications", description: "What was sent" },
  { name: "webhooks", description: "What providers of messages tell" },
  { name: "operations", description: "What the workflows did, and what they did not" },
  { name: "platform", description: "The API itself" },
];

const securitySchemes = {
  staff: {
    type: "http",
    scheme: "bearer",
    bearerFormat: "JWT",
    description: "ID token of the clinic's OIDC issuer",
  },
  link: { type: "http", scheme: "bearer", description: "Token of a patient's link" },
  signature: {
    type: "apiKey",
    in: "header",
    name: "x-signature",
    description: "The provider's own: each signs in its way, under a header of its name",
  },
} as const;

function securityOf(access: Access): Record<string, string[]>[] {
  switch (access.kind) {
    case "public":
      return [];
    case "public-or-staff":
      return [{}, { staff: [] }];
    case "link-or-staff":
      return [{ link: [] }, { staff: [] }];
    case "signature":
      return [{ signature: [] }];
    case "staff":
      return [{ staff: [...access.roles] }];
  }
}

const IdempotencyKey = z.string().min(1).max(128).optional().meta({
  description: "New for each thing that is to happen, the same when it is tried again",
  example: "6f1f0d3e-8a52-4b0e-9f0e-1c9d7c5a2b11",
});

const IfMatch = z.string().optional().meta({ description: "ETag of what was read", example: '"3"' });

const ETag = z.string().meta({ description: "The version, for If-Match", example: '"3"' });

function operationOf(route: Route): ZodOpenApiOperationObject {
  const { status, schema } = successOf(route);
  const headers = {
    ...(takesKey(route) && { "Idempotency-Key": IdempotencyKey }),
    ...(route.method === "PATCH" && route.versioned && { "If-Match": IfMatch }),
  };
  const produces = route.produces ?? "application/json";
  return {
    operationId: route.id,
    tags: [route.context],
    summary: route.summary,
    ...(route.description && { description: route.description }),
    security: securityOf(route.access),
    requestParams: {
      ...(route.params && { path: route.params }),
      ...(route.query && { query: route.query }),
      ...(Object.keys(headers).length > 0 && { header: z.object(headers) }),
    },
    ...(route.body && {
      requestBody: {
        content: { "application/json": { schema: route.body, example: route.example } },
      },
    }),
    responses: {
      [`${status}` as "200"]: {
        description: route.summary,
        ...(status !== 204 && { content: { [produces]: { schema } } }),
        ...(route.versioned && { headers: z.object({ etag: ETag }) }),
      },
      ...problemResponses(route),
    },
  };
}

const METHODS = ["GET", "POST", "PATCH", "DELETE"];

const inOrder = (a: Route, b: Route): number =>
  a.path === b.path ? METHODS.indexOf(a.method) - METHODS.indexOf(b.method) : a.path < b.path ? -1 : 1;

/** A date's or an address's format says it; the expression that checks it is half a page long. */
function withoutPatternOfFormat({ jsonSchema }: { jsonSchema: { format?: string; pattern?: string } }): void {
  if (jsonSchema.format) delete jsonSchema.pattern;
}

/** The API as OpenAPI 3.1, made from its routes. */
export function openApiDocument() {
  const paths: ZodOpenApiPathsObject = {};
  for (const route of [...routes].sort(inOrder)) {
    const method = route.method.toLowerCase() as "get" | "post" | "patch" | "delete";
    paths[route.path] = { ...paths[route.path], [method]: operationOf(route) };
  }
  const components = { securitySchemes, ...problemComponents() };
  return createDocument(
    { openapi: "3.1.0", info, tags, paths, components },
    { override: withoutPatternOfFormat },
  );
}
