import { platformRoutes } from "@turno/contract";
import { beforeAll, expect, test } from "vitest";
import { platform } from "../handlers/platform/platform.ts";
import { aDesk, type Desk, eventFor, lambdaContext } from "../testing/index.ts";
import { api } from "./api.ts";

let desk: Desk;

beforeAll(async () => {
  desk = await aDesk();
});

test("a field that the contract does not list never leaves", async () => {
  const lambda = api<"platform">(desk.runtime, platformRoutes, {
    ...platform,
    getHealth: async (call) => ({ ...(await platform.getHealth(call)), masterKey: "secret" }),
  });
  const { body } = await lambda(eventFor({ method: "GET", path: "/v1/health" }, {}), lambdaContext);
  expect(JSON.parse(body!)).toEqual({
    status: "ok",
    stage: "test",
    version: "1.2.3",
    now: desk.context.now(),
  });
});

test("an answer that the contract does not allow is a fault", async () => {
  const lambda = api<"platform">(desk.runtime, platformRoutes, {
    ...platform,
    getHealth: async () => ({ status: "ok", stage: "test", version: "1", now: "just now" }),
  });
  const result = await lambda(eventFor({ method: "GET", path: "/v1/health" }, {}), lambdaContext);
  expect(result.statusCode).toBe(500);
});

test("every answer tells browsers what they may do with it", async () => {
  const answers = [
    await desk.call("getHealth"),
    await desk.call("getDocs"),
    await desk.call("createRequest", { body: "{" }),
  ];
  for (const { headers } of answers) {
    expect(headers).toMatchObject({
      "cache-control": "no-store",
      "content-security-policy": expect.stringContaining("default-src 'none'"),
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
    });
    expect(headers).toHaveProperty("strict-transport-security");
  }
});

test("an answer without a body has none", async () => {
  const { serviceId } = desk.checkup;
  const { status, text, headers } = await desk.call("removeService", { as: "admin", params: { serviceId } });
  expect([status, text]).toEqual([204, ""]);
  expect(headers).not.toHaveProperty("content-type");
});
