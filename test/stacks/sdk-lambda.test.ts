import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { text } from "node:stream/consumers";
import { testContext } from "@turno/core/testing";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { run } from "./runtime.ts";
import { sdkBundler } from "./sdk.ts";

const { folder, bundleBoth } = sdkBundler();
const SIGNING_KEY = `signkey-test-${"ab12".repeat(16)}`;
const entry = path.resolve(import.meta.dirname, "../../packages/functions/src/lambda/workflows.ts");

/** The workflow service as far as an app registers with it. */
const registrations: { authorization: string | undefined; body: object }[] = [];
const service = createServer(async (request, response) => {
  const body = JSON.parse(await text(request)) as object;
  registrations.push({ authorization: request.headers.authorization, body });
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify({ status: 200, modified: true }));
});
beforeAll(async () => {
  await once(service.listen(0, "127.0.0.1"), "listening");
  await bundleBoth({ entryPoints: [entry] });
});
afterAll(() => service.close());

/** What the Lambda of one bundle answers, each call alone and all in one process. */
async function answersOf(name: string, events: readonly object[]) {
  const { table } = await testContext();
  const variables = {
    TABLE_NAME: table.table,
    AWS_ENDPOINT_URL_DYNAMODB: inject("databaseEndpoint"),
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_LAMBDA_FUNCTION_NAME: "test-turno-workflows",
    STAGE: "test",
    VERSION: "7",
    MASTER_KEY: Buffer.alloc(32, 7).toString("base64"),
    INNGEST_EVENT_KEY: "event-key",
    INNGEST_SIGNING_KEY: SIGNING_KEY,
    INNGEST_API_BASE_URL: `http://127.0.0.1:${(service.address() as AddressInfo).port}`,
  };
  const { answers, log } = await run({ folder, handler: `${name}.handler` }, variables, events);
  return { answers: answers as { statusCode: number; body: string }[], log };
}

const timed = /"(timings?|duration|startedAt|endedAt|ts|a|b|i)":[\d.]+/g;
const still = ({ body, statusCode, headers }: { statusCode: number; body: string; headers?: object }) => ({
  statusCode,
  body: body.replace(timed, '"$1":0'),
  headers: Object.keys(headers ?? {}).sort(),
});

/** What is signed is not the text but the value, written in one way. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, member: unknown) =>
    typeof member === "object" && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );

const signatureOf = (body: string): string => {
  const seconds = Math.floor(Date.now() / 1000);
  const hmac = createHmac("sha256", SIGNING_KEY.replace("signkey-test-", ""));
  const signed = body === "" ? "" : canonical(JSON.parse(body));
  return `t=${seconds}&s=${hmac.update(`${signed}${seconds}`).digest("hex")}`;
};

function call(method: string, { body = "{}", query = "", signed = true, ...headers }: Call = {}): object {
  return {
    version: "2.0",
    routeKey: "$default",
    rawPath: "/",
    rawQueryString: query,
    queryStringParameters: Object.fromEntries(new URLSearchParams(query)),
    headers: {
      host: "abcdefgh.lambda-url.us-east-1.on.aws",
      "content-type": "application/json",
      "x-inngest-server-kind": "cloud",
      ...(signed && { "x-inngest-signature": signatureOf(body) }),
      ...headers,
    },
    requestContext: { http: { method, path: "/", sourceIp: "205.255.255.176" }, requestId: "test" },
    body,
    isBase64Encoded: false,
  };
}
interface Call {
  readonly body?: string;
  readonly query?: string;
  readonly signed?: boolean;
  readonly "x-inngest-sync-kind"?: string;
  readonly "x-inngest-signature"?: string;
}

const url = "https://abcdefgh.lambda-url.us-east-1.on.aws/";
const sync = { body: JSON.stringify({ url }), "x-inngest-sync-kind": "in_band" };

test("the workflows' Lambda registers with the same functions and the same word of itself, asked in both ways", async () => {
  const events = [call("GET", { body: "" }), call("PUT", sync), call("PUT")];
  const ours = await answersOf("changed", events);
  const sent = registrations.splice(0);
  const theirs = await answersOf("unchanged", events);
  expect(ours.answers.map(still)).toEqual(theirs.answers.map(still));
  expect(sent).toEqual(registrations.splice(0));
  expect(ours.answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200]);
  expect(sent).toMatchObject([{ body: { appName: "turno", featureObservations: { sendEvents: {} } } }]);
  expect(JSON.parse(ours.answers[1]!.body)).toMatchObject({ app_id: "turno" });
  expect(`${ours.log}${theirs.log}`).not.toMatch(/Invalid function config|not supported in this runtime/);
});

test("the workflows' Lambda does what a signed call asks for, step by step, under the same names of steps", async () => {
  const run = (step: string, steps: object) => {
    const event = { name: "inngest/scheduled.timer", data: { cron: "*/15 * * * *" }, id: "01J", ts: 1 };
    const ctx = { run_id: "01J", attempt: 0, stack: { stack: Object.keys(steps), current: 0 } };
    return call("POST", {
      body: JSON.stringify({ ctx, event, events: [event], steps, version: 2 }),
      query: `fnId=turno-expired-slots-scheduler&stepId=${step}`,
    });
  };
  const { answers: first } = await answersOf("changed", [run("step", {})]);
  expect(first).toMatchObject([{ statusCode: 206 }]);
  const [{ id }] = JSON.parse(first[0]!.body) as [{ id: string }];
  const events = [
    run("step", {}),
    run(id, {}),
    run("step", { [id]: { type: "data", data: [] } }),
    run("step", { [id]: { type: "data", data: [{ organizationId: "org_01J", date: "2026-03-03" }] } }),
    run("step", { [id]: { type: "error", error: { name: "Error", message: "no", stack: "" } } }),
  ];
  const ours = await answersOf("changed", events);
  const theirs = await answersOf("unchanged", events);
  expect(ours.answers.map(still)).toEqual(theirs.answers.map(still));
  expect(ours.answers.map(({ statusCode }) => statusCode)).toEqual([206, 206, 200, 206, 400]);
});

test("the workflows' Lambda turns away who cannot sign, and what is not as agreed", async () => {
  const query = "fnId=turno-expired-slots-scheduler&stepId=step";
  const events = [
    call("POST", { query, signed: false }),
    call("POST", { query, "x-inngest-signature": `t=${Math.floor(Date.now() / 1000)}&s=${"0".repeat(64)}` }),
    call("PUT", { ...sync, signed: false }),
    call("PUT", { ...sync, body: JSON.stringify({ url, more: 1 }) }),
    call("POST", { query, body: "{}" }),
    call("POST", { query: "fnId=turno-nothing&stepId=step" }),
  ];
  const statuses = async (name: string) =>
    (await answersOf(name, events)).answers.map(({ statusCode }) => statusCode);
  expect(await statuses("changed")).toEqual(await statuses("unchanged"));
  expect(await statuses("changed")).toEqual([401, 401, 401, 400, 500, 500]);
});
