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

test("whoever calls without the network is heard and answered as over it", async () => {
  const events: APIGatewayProxyEventV2[] = [];
  const handler = async (event: APIGatewayProxyEventV2) => {
    events.push(event);
    if (event.body === "fail") throw new Error("broken");
    return { statusCode: 206, headers: { "X-Inngest-Sdk": "js" }, body: "[]" };
  };
  const server = await startLambdaUrl({ functionName: "workflows", handler, report: () => {} });
  onTestFinished(() => server.close());
  const url = new URL(`${server.url}/api/inngest?fnId=turno-book`);
  const request = { method: "POST", headers: { "content-type": "application/json" } };
  const calls = [
    { ...request, body: "{}" },
    { ...request, body: "fail" },
    { ...request, body: "x".repeat(6 * 1024 * 1024 + 1) },
  ];
  for (const call of calls) {
    const over = await fetch(url, call);
    const direct = await server.send({ ...call, url });
    expect([direct.status, direct.text]).toEqual([over.status, await over.text()]);
    expect(over.headers.get("x-inngest-sdk") ?? undefined).toEqual(direct.headers["x-inngest-sdk"]);
  }
  expect(events).toHaveLength(4);
  const [told, toldDirectly] = events;
  const { rawPath, rawQueryString, body, isBase64Encoded } = told!;
  const { method, path, sourceIp } = told!.requestContext.http;
  expect(toldDirectly).toMatchObject({
    ...{ rawPath, rawQueryString, body, isBase64Encoded },
    headers: { host: told!.headers.host, "content-type": "application/json" },
    requestContext: { http: { method, path, sourceIp } },
  });
});
