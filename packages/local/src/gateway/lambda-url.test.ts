import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { expect, onTestFinished, test } from "vitest";
import { type LambdaUrlOptions, startLambdaUrl } from "./index.ts";

async function start(
  options: Partial<LambdaUrlOptions> & Pick<LambdaUrlOptions, "handler">,
): Promise<string> {
  const server = await startLambdaUrl({ functionName: "workflows", report: () => {}, ...options });
  onTestFinished(() => server.close());
  return server.url;
}

test("every method and path reaches the handler, with the path as it was sent", async () => {
  const events: APIGatewayProxyEventV2[] = [];
  const url = await start({
    handler: async (event) => {
      events.push(event);
      return { statusCode: 200, headers: { "content-type": "application/json" }, body: "{}" };
    },
  });
  await fetch(`${url}/api%20x?fnId=turno-book&stepId=step`, { method: "PUT", body: "{}" });
  await fetch(url);
  expect(events[0]).toMatchObject({
    version: "2.0",
    routeKey: "$default",
    rawPath: "/api%20x",
    rawQueryString: "fnId=turno-book&stepId=step",
    queryStringParameters: { fnId: "turno-book", stepId: "step" },
    requestContext: { routeKey: "$default", stage: "$default", http: { method: "PUT" } },
    body: "{}",
    isBase64Encoded: false,
  });
  expect(events[0]).not.toHaveProperty("pathParameters");
  expect(events[1]).toMatchObject({ rawPath: "/", requestContext: { http: { method: "GET" } } });
});

test("a handler that fails or is late is a 502, and is reported", async () => {
  const reported: unknown[] = [];
  const report = (error: unknown) => reported.push(error);
  const failing = await start({ handler: async () => Promise.reject(new Error("broken")), report });
  const late = await start({ handler: () => new Promise(() => {}), timeoutMs: 10, report });
  expect((await fetch(failing)).status).toBe(502);
  expect((await fetch(late)).status).toBe(502);
  expect(reported).toHaveLength(2);
});

test("more than 6 MB are refused before the handler sees them", async () => {
  let called = false;
  const url = await start({
    handler: async () => {
      called = true;
      return { statusCode: 204 };
    },
  });
  expect((await fetch(url, { method: "POST", body: Buffer.alloc(6 * 1024 * 1024 + 1) })).status).toBe(413);
  expect(called).toBe(false);
});
