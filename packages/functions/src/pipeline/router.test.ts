import { beforeAll, expect, test } from "vitest";
import { platformApi } from "../api/index.ts";
import { aDesk, eventFor, lambdaContext } from "../testing/index.ts";
import type { ApiHandler, ApiResult } from "./exchange.ts";

let platform: ApiHandler;

beforeAll(async () => {
  platform = platformApi((await aDesk()).runtime);
});

/** A call that no route of the gateway takes, which its last route hands over. */
const stray = (method: string, path: string): Promise<ApiResult> =>
  platform({ ...eventFor({ method, path }, {}), routeKey: "ANY /{path+}" }, lambdaContext);

test("an address that is nothing is not found", async () => {
  const result = await stray("GET", "/v1/unicorns");
  expect(result.statusCode).toBe(404);
  expect(JSON.parse(result.body!)).toMatchObject({ type: "urn:turno:problem:not-found", status: 404 });
});

test("an address with another method says which it has", async () => {
  const result = await stray("PUT", "/v1/patients/pat_01JDWXR3M8Q6V9T2KZB4N7HC5E");
  expect(result.statusCode).toBe(405);
  expect(result.headers!.allow).toBe("GET, PATCH");
});

test("a dot in a path is a dot", async () => {
  expect((await stray("GET", "/v1/openapi_json")).statusCode).toBe(404);
  expect((await stray("POST", "/v1/openapi.json")).statusCode).toBe(405);
});
