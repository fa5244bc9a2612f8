import type { ZodOpenApiResponseObject, ZodOpenApiResponsesObject } from "zod-openapi";
import { type FailureType, failures, failuresOf, Problem, problemType, type Route } from "../index.ts";

const exampleOf = (type: FailureType) => ({
  summary: failures[type].title,
  value: {
    type: problemType(type),
    title: failures[type].title,
    status: failures[type].status,
    detail: failures[type].title,
    instance: "urn:turno:request:Zx3kThISIAMEOQ=",
    ...(type === "invalid" && {
      errors: [{ in: "body", pointer: "/patientPhone", detail: "must be a phone in E.164" }],
    }),
  },
});

function responseOf(types: readonly FailureType[]): ZodOpenApiResponseObject {
  return {
    description: types.map((type) => `\`${type}\`: ${failures[type].title}`).join(". "),
    content: {
      "application/problem+json": {
        schema: Problem,
        examples: Object.fromEntries(types.map((type) => [type, { $ref: `#/components/examples/${type}` }])),
      },
    },
  };
}

const everyType = Object.keys(failures) as FailureType[];

/** What many routes have in common, written once: a response and an example of each type. */
export const problemComponents = () => ({
  responses: Object.fromEntries(everyType.map((type) => [type, responseOf([type])])),
  examples: Object.fromEntries(everyType.map((type) => [type, exampleOf(type)])),
});

/** What a route answers when it fails, by status. */
export function problemResponses(route: Route): ZodOpenApiResponsesObject {
  const byStatus = Map.groupBy(failuresOf(route), (type) => failures[type].status);
  return Object.fromEntries(
    [...byStatus]
      .sort(([a], [b]) => a - b)
      .map(([status, types]) => [
        `${status}`,
        types.length === 1 ? { $ref: `#/components/responses/${types[0]}` } : responseOf(types),
      ]),
  );
}
