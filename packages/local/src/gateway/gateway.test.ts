import { once } from "node:events";
import { Agent, type IncomingMessage, type RequestOptions, request } from "node:http";
import { text } from "node:stream/consumers";
import type { APIGatewayProxyEventV2, Context } from "aws-lambda";
import { expect, onTestFinished, test } from "vitest";
import { type GatewayOptions, type LambdaTarget, type Route, startGateway } from "./index.ts";

interface Seen {
  event: APIGatewayProxyEventV2;
  context: Context;
}

function route(key: string, authorizer: Route["authorizer"] = "none"): Route {
  const [method, path] = key.split(" ") as [string, string];
  return { method, path, authorizer, target: "api" };
}

async function start(key: string, api: LambdaTarget, options: Partial<GatewayOptions> = {}): Promise<string> {
  const gateway = await startGateway({
    routes: [route(key)],
    targets: { api },
    report: () => {},
    ...options,
  });
  onTestFinished(() => gateway.close());
  return gateway.url;
}

/** A gateway with one route, and what its Lambda was called with last. */
async function startSeeing(key: string, options?: Partial<GatewayOptions>) {
  const seen: Partial<Seen> = {};
  const url = await start(
    key,
    async (event, context) => {
      Object.assign(seen, { event, context });
      return { statusCode: 204 };
    },
    options,
  );
  return { url, seen: seen as Seen };
}

/** Sends headers as a list, so that one can be there twice. */
async function send(url: string, options: RequestOptions, body?: string | Buffer) {
  const sent = request(url, options);
  sent.end(body);
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

const ok: LambdaTarget = async () => ({ statusCode: 200, body: "ok" });

test("the event has the shape that AWS documents for payload format 2.0", async () => {
  const { url, seen } = await startSeeing("POST /my/{parameter1}");
  await send(
    `${url}/my/path?parameter1=value1&parameter1=value2&parameter2=value`,
    {
      method: "POST",
      headers: [
        ["Host", "id.execute-api.us-east-1.amazonaws.com"],
        ["Header1", "value1"],
        ["Header2", "value1"],
        ["Header2", "value2"],
        ["Cookie", "cookie1; cookie2"],
        ["User-Agent", "agent"],
        ["Content-Type", "text/plain"],
        ["Connection", "close"],
        ["Transfer-Encoding", "chunked"],
      ].flat(),
    },
    "Hello from Lambda",
  );
  expect(seen.event).toEqual({
    version: "2.0",
    routeKey: "POST /my/{parameter1}",
    rawPath: "/my/path",
    rawQueryString: "parameter1=value1&parameter1=value2&parameter2=value",
    cookies: ["cookie1", "cookie2"],
    headers: {
      header1: "value1",
      header2: "value1,value2",
      host: "id.execute-api.us-east-1.amazonaws.com",
      "user-agent": "agent",
      "content-type": "text/plain",
      "content-length": "17",
      "x-amzn-trace-id": expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/),
      "x-forwarded-for": "127.0.0.1",
      "x-forwarded-port": new URL(url).port,
      "x-forwarded-proto": "http",
    },
    queryStringParameters: { parameter1: "value1,value2", parameter2: "value" },
    requestContext: {
      accountId: "000000000000",
      apiId: "local",
      domainName: "id.execute-api.us-east-1.amazonaws.com",
      domainPrefix: "id",
      http: {
        method: "POST",
        path: "/my/path",
        protocol: "HTTP/1.1",
        sourceIp: "127.0.0.1",
        userAgent: "agent",
      },
      requestId: expect.stringMatching(/^[\w+/]{15}=$/),
      routeKey: "POST /my/{parameter1}",
      stage: "$default",
      time: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
      timeEpoch: expect.any(Number),
    },
    body: "Hello from Lambda",
    pathParameters: { parameter1: "path" },
    isBase64Encoded: false,
  });
});

test("what a request does not have is left out of the event", async () => {
  const { url, seen } = await startSeeing("GET /v1/health");
  await fetch(`${url}/v1/health`);
  expect(Object.keys(seen.event).toSorted()).toEqual(
    [
      "headers",
      "isBase64Encoded",
      "rawPath",
      "rawQueryString",
      "requestContext",
      "routeKey",
      "version",
    ].toSorted(),
  );
  expect(seen.event).toMatchObject({ rawQueryString: "", isBase64Encoded: false });
});

test("path parameters and query values are decoded, the raw query is not", async () => {
  const { url, seen } = await startSeeing("GET /v1/clinics/{slug}");
  await fetch(`${url}/v1/clinics/cl%C3%ADnica%20sol?q=a%20b+c&empty=&flag`);
  expect(seen.event).toMatchObject({
    rawPath: "/v1/clinics/clínica sol",
    rawQueryString: "q=a%20b+c&empty=&flag",
    pathParameters: { slug: "clínica sol" },
    queryStringParameters: { q: "a b c", empty: "", flag: "" },
  });
});

test.each([
  ["application/json; charset=utf-8", '{"name":"Zoë"}', false],
  ["text/csv", "a,b", false],
  ["application/xml", "<a/>", false],
  ["application/x-www-form-urlencoded", "a=1", true],
  ["application/octet-stream", "bytes", true],
  [undefined, "untyped", true],
])("a body of type %s reaches the Lambda whole", async (type, sent, isBase64Encoded) => {
  const { url, seen } = await startSeeing("POST /in");
  await send(
    `${url}/in`,
    { method: "POST", headers: type === undefined ? {} : { "content-type": type } },
    sent,
  );
  expect(seen.event.isBase64Encoded).toBe(isBase64Encoded);
  expect(Buffer.from(seen.event.body!, isBase64Encoded ? "base64" : "utf8").toString()).toBe(sent);
});

test("the context counts down and names the function", async () => {
  const { url, seen } = await startSeeing("GET /", { timeoutMs: 5_000 });
  await fetch(url);
  expect(seen.context).toMatchObject({
    functionName: "api",
    awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
  expect(seen.context.getRemainingTimeInMillis()).toBeGreaterThan(0);
  expect(seen.context.getRemainingTimeInMillis()).toBeLessThanOrEqual(5_000);
});

test("the answer carries the Lambda's status, headers, cookies and body, and a request id", async () => {
  const url = await start("GET /", async () => ({
    statusCode: 418,
    headers: { "Content-Type": "application/problem+json", "X-Turno": "1", "Content-Length": "999" },
    cookies: ["a=1", "b=2"],
    body: '{"title":"té"}',
  }));
  const { status, headers, body } = await send(url, {});
  expect({ status, body }).toEqual({ status: 418, body: '{"title":"té"}' });
  expect(headers).toMatchObject({
    "content-type": "application/problem+json",
    "x-turno": "1",
    "content-length": "15",
    "set-cookie": ["a=1", "b=2"],
    "apigw-requestid": expect.any(String),
  });
});

test("an unknown route is 404 with the message of AWS", async () => {
  const url = await start("GET /v1/health", ok);
  for (const [method, path] of [
    ["GET", "/"],
    ["POST", "/v1/health"],
    ["HEAD", "/v1/health"],
    ["OPTIONS", "/v1/health"],
  ]) {
    expect((await fetch(url + path, { method })).status).toBe(404);
  }
  const answer = await fetch(`${url}/nowhere`);
  expect(answer.headers.get("content-type")).toBe("application/json");
  expect(await answer.text()).toBe('{"message":"Not Found"}');
});

test("a path that cannot be decoded is 400", async () => {
  const url = await start("GET /{id}", ok);
  expect(await send(`${url}/%E0%A4%A`, {})).toMatchObject({ status: 400, body: '{"message":"Bad Request"}' });
});

test("a HEAD route answers with the length and no body", async () => {
  const url = await start("ANY /", ok);
  const { status, headers, body } = await send(url, { method: "HEAD" });
  expect({ status, body, length: headers["content-length"] }).toEqual({ status: 200, body: "", length: "2" });
});

test.each([
  ["throws", async () => Promise.reject(new Error("broken"))],
  [
    "throws before its first await",
    () => {
      throw new Error("broken");
    },
  ],
  ["returns nothing", async () => undefined],
  ["returns a body that is no string", async () => ({ statusCode: 200, body: 1 })],
] as [string, LambdaTarget][])("a Lambda that %s is a 500, and is reported", async (_what, api) => {
  const reported: unknown[] = [];
  const url = await start("GET /", api, { report: (error, target) => reported.push([error, target]) });
  expect(await send(url, {})).toMatchObject({ status: 500, body: '{"message":"Internal Server Error"}' });
  expect(reported).toEqual([[expect.any(Error), "api"]]);
});

test("a Lambda that takes too long is a 503", async () => {
  const url = await start("GET /", () => new Promise(() => {}), { timeoutMs: 10 });
  expect(await send(url, {})).toMatchObject({ status: 503, body: '{"message":"Service Unavailable"}' });
});

test("10 MB are taken and a byte more is 413, announced or not, on a connection that lives on", async () => {
  const limit = 10 * 1024 * 1024;
  const url = await start("POST /in", async (event) => ({
    statusCode: 200,
    body: String(Buffer.byteLength(event.body!)),
  }));
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => agent.destroy());
  const options = { method: "POST", agent, headers: { "content-type": "text/plain" } };
  const chunked = { ...options, headers: { ...options.headers, "transfer-encoding": "chunked" } };
  const refused = { status: 413, body: '{"message":"Request Entity Too Large"}' };
  expect(await send(`${url}/in`, options, Buffer.alloc(limit + 1, "x"))).toMatchObject(refused);
  expect(await send(`${url}/in`, chunked, Buffer.alloc(limit + 1, "x"))).toMatchObject(refused);
  expect(await send(`${url}/in`, options, Buffer.alloc(limit, "x"))).toMatchObject({ body: String(limit) });
});

test("200 clients at once are answered, each with its own answer", async () => {
  const clients = 200;
  let waiting = 0;
  const everybody = Promise.withResolvers<void>();
  const url = await start("GET /{client}", async (event) => {
    waiting++;
    if (waiting === clients) everybody.resolve();
    await everybody.promise;
    return { statusCode: 200, body: event.pathParameters!.client! };
  });
  const answers = await Promise.all(
    Array.from({ length: clients }, async (_, client) => send(`${url}/${client}`, {})),
  );
  expect(answers.map((answer) => answer.body)).toEqual(
    Array.from({ length: clients }, (_, client) => `${client}`),
  );
});

test.each([
  ["a target that is not there", { targets: {} }, /no target api/],
  ["a token without an authorizer", { routes: [route("GET /", "jwt")] }, /needs an authorizer/],
])("%s is refused at the start", async (_what, options, reason) => {
  await expect(startGateway({ routes: [route("GET /")], targets: { api: ok }, ...options })).rejects.toThrow(
    reason,
  );
});
