import { beforeAll, expect, test } from "vitest";
import { platformApi } from "../api/platform.ts";
import { aDesk, eventFor, lambdaContext } from "../testing/index.ts";
import type { ApiHandler } from "./exchange.ts";

let platform: ApiHandler;

beforeAll(async () => {
  platform = platformApi((await aDesk()).runtime);
});

test("a route of another Lambda is not found", async () => {
  const call = eventFor({ method: "GET", path: "/v1/unicorns" }, {});
  const result = await platform(call, lambdaContext);
  expect(result.statusCode).toBe(404);
  expect(JSON.parse(result.body!)).toMatchObject({ type: "urn:turno:problem:not-found", status: 404 });
});
