import { expect, onTestFinished, test } from "vitest";
import { type CorsOptions, startGateway } from "./index.ts";

const CORS: CorsOptions = {
  allowOrigins: ["https://app.example.com", "http://*"],
  allowMethods: ["GET", "POST"],
  allowHeaders: ["authorization", "content-type"],
  exposeHeaders: ["etag"],
  allowCredentials: true,
  maxAgeSeconds: 300,
};

async function start(cors: CorsOptions = CORS): Promise<string> {
  const gateway = await startGateway({
    routes: [{ method: "GET", path: "/v1/health", authorizer: "none", target: "api" }],
    targets: {
      api: async () => ({
        statusCode: 200,
        headers: { "access-control-allow-origin": "https://own.example" },
        body: "ok",
      }),
    },
    cors,
  });
  onTestFinished(() => gateway.close());
  return `${gateway.url}/v1/health`;
}

function corsHeaders(answer: Response): Record<string, string> {
  return Object.fromEntries([...answer.headers].filter(([name]) => name.startsWith("access-control-")));
}

function preflight(url: string, origin: string): Promise<Response> {
  return fetch(url, { method: "OPTIONS", headers: { origin, "access-control-request-method": "POST" } });
}

test("a preflight is answered by the gateway, without a route", async () => {
  const answer = await preflight(await start(), "https://app.example.com");
  expect(answer.status).toBe(204);
  expect(corsHeaders(answer)).toEqual({
    "access-control-allow-origin": "https://app.example.com",
    "access-control-allow-credentials": "true",
    "access-control-allow-methods": "GET,POST",
    "access-control-allow-headers": "authorization,content-type",
    "access-control-expose-headers": "etag",
    "access-control-max-age": "300",
  });
});

test("an origin that is not allowed gets an answer without CORS headers", async () => {
  const answer = await preflight(await start(), "https://elsewhere.example");
  expect([answer.status, corsHeaders(answer)]).toEqual([204, {}]);
});

test("an answer to another origin carries the gateway's headers in place of the Lambda's", async () => {
  const answer = await fetch(await start(), { headers: { origin: "http://localhost:5173" } });
  expect(await answer.text()).toBe("ok");
  expect(corsHeaders(answer)).toEqual({
    "access-control-allow-origin": "http://localhost:5173",
    "access-control-allow-credentials": "true",
    "access-control-expose-headers": "etag",
  });
});

test("a request without an origin gets no CORS headers, not even the Lambda's", async () => {
  expect(corsHeaders(await fetch(await start()))).toEqual({});
});

test("a refusal can be read by the other origin too", async () => {
  const answer = await fetch(`${await start()}/nowhere`, { headers: { origin: "https://app.example.com" } });
  expect(answer.status).toBe(404);
  expect(answer.headers.get("access-control-allow-origin")).toBe("https://app.example.com");
});

test("a star stays a star", async () => {
  const url = await start({ allowOrigins: ["*"], allowMethods: ["*"], allowHeaders: ["*"] });
  expect(corsHeaders(await preflight(url, "https://anywhere.example"))).toEqual({
    "access-control-allow-origin": "*",
    "access-control-allow-methods": "*",
    "access-control-allow-headers": "*",
  });
});

test("OPTIONS that is no preflight is routed like any other method", async () => {
  const answer = await fetch(await start(), { method: "OPTIONS" });
  expect([answer.status, corsHeaders(answer)]).toEqual([404, {}]);
});
