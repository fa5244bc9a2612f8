import { Instant } from "@turno/core/schemas";
import * as z from "zod";
import { anybody } from "../access.ts";
import { route } from "../route.ts";

export const getHealth = route({
  id: "getHealth",
  method: "GET",
  path: "/v1/health",
  context: "platform",
  access: anybody,
  summary: "Whether the API answers",
  responses: {
    200: z.object({
      status: z.literal("ok"),
      stage: z.string().meta({ example: "production" }),
      version: z.string().meta({ example: "0.1.0" }),
      now: Instant,
    }),
  },
  failures: [],
});

export const getOpenApi = route({
  id: "getOpenApi",
  method: "GET",
  path: "/v1/openapi.json",
  context: "platform",
  access: anybody,
  summary: "This API as OpenAPI 3.1",
  responses: { 200: z.looseObject({ openapi: z.string().meta({ example: "3.1.0" }) }) },
  failures: [],
});

export const getDocs = route({
  id: "getDocs",
  method: "GET",
  path: "/docs",
  context: "platform",
  access: anybody,
  summary: "This API as a page to read",
  produces: "text/html",
  responses: { 200: z.string() },
  failures: [],
});
