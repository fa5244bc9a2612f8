import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { ApiProblem, type ClientOptions, createClient } from "./index.ts";

const REQUEST = "req_01JDWXR3M8Q6V9T2KZB4N7HC5E";

interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

type Answers = (response: ServerResponse, round: number) => void;

/** A server that answers as it is told, and a client of it that does not wait. */
async function aServer(answers: Answers, options: Partial<ClientOptions> = {}) {
  const seen: Seen[] = [];
  const waits: number[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method, url, headers } = request;
    seen.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
    answers(response, seen.length);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  });
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const wait = async (milliseconds: number) => {
    waits.push(milliseconds);
  };
  let keys = 0;
  const client = createClient({
    baseUrl,
    idempotencyKeys: () => `key-${++keys}`,
    ...options,
    patience: { wait, ...options.patience },
  });
  return { client, seen, waits };
}

const json = (
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
) => response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));

const problem = (
  response: ServerResponse,
  status: number,
  type: string,
  more: object = {},
  retryAfter?: string,
) =>
  json(
    response,
    status,
    {
      type: `urn:turno:problem:${type}`,
      title: "Title",
      status,
      detail: "Detail",
      instance: "urn:1",
      ...more,
    },
    { "content-type": "application/problem+json", ...(retryAfter && { "retry-after": retryAfter }) },
  );

test("a call goes to its address with token, key and body", async () => {
  const { client, seen } = await aServer((response) => json(response, 201, { reservationId: "res_1" }), {
    token: () => "a-token",
  });
  const answer = await client.approveRequest({
    params: { requestId: REQUEST },
    body: { changes: { notes: "ok" } },
  });
  expect(answer).toEqual({ reservationId: "res_1" });
  expect(seen).toMatchObject([
    {
      method: "POST",
      url: `/v1/requests/${REQUEST}/approve`,
      headers: {
        authorization: "Bearer a-token",
        "content-type": "application/json",
        "idempotency-key": "key-1",
      },
      body: '{"changes":{"notes":"ok"}}',
    },
  ]);
});

test("a query leaves out what is undefined, and a path is encoded", async () => {
  const { client, seen } = await aServer((response) => json(response, 200, { items: [] }));
  await client.listPatients({ query: { query: "Ana & José", limit: 5, cursor: undefined } });
  await client.getClinic({ params: { slug: "a/b" } });
  expect(seen.map(({ url }) => url)).toEqual([
    "/v1/patients?query=Ana+%26+Jos%C3%A9&limit=5",
    "/v1/clinics/a%2Fb",
  ]);
  expect(seen[0]!.headers).not.toHaveProperty("authorization");
  expect(seen[0]!.headers).not.toHaveProperty("idempotency-key");
});

test("a path without its parameter is not called", async () => {
  const { client, seen } = await aServer((response) => json(response, 200, {}));
  expect(() => client.getClinic({ params: { slug: "" } })).toThrow("/v1/clinics/{slug} needs slug");
  expect(seen).toEqual([]);
});

test("an edit names the version that it was made on", async () => {
  const { client, seen } = await aServer((response) => json(response, 200, {}));
  await client.editPatient({ params: { patientId: "pat_1" }, body: { language: "pt" }, ifMatch: 3 });
  expect(seen[0]!.headers["if-match"]).toBe('"3"');
});

test("an answer may be text, or nothing", async () => {
  const { client } = await aServer((response, round) => {
    if (round === 1) response.writeHead(200, { "content-type": "text/calendar; charset=utf-8" }).end("BEGIN");
    else response.writeHead(204).end();
  });
  expect(await client.getReservationCalendar({ params: { reservationId: "res_1" } })).toBe("BEGIN");
  expect(await client.removeService({ params: { serviceId: "svc_1" } })).toBeUndefined();
});

test("a failure is thrown with all that the API says of it", async () => {
  const errors = [{ in: "body", pointer: "/patientPhone", detail: "must be E.164" }];
  const { client } = await aServer((response) => problem(response, 422, "invalid", { errors }));
  const thrown = await client
    .cancelRequest({ params: { requestId: REQUEST }, body: {} })
    .catch((error) => error);
  expect(thrown).toBeInstanceOf(ApiProblem);
  expect(thrown).toMatchObject({
    status: 422,
    type: "invalid",
    message: "Detail",
    instance: "urn:1",
    errors,
    facts: {},
  });
});

test("an answer that is not of the API is a failure of unknown type", async () => {
  const { client } = await aServer((response) => json(response, 401, { message: "Unauthorized" }));
  await expect(client.listPatients()).rejects.toMatchObject({
    status: 401,
    type: "unknown",
    detail: "HTTP 401",
  });
});

test("a busy API is asked again when it says, with the same key", async () => {
  const { client, seen, waits } = await aServer((response, round) =>
    round < 3 ? problem(response, 503, "busy", {}, "2") : json(response, 200, { requestId: REQUEST }),
  );
  await client.cancelRequest({ params: { requestId: REQUEST }, body: {} });
  expect(seen.map(({ headers }) => headers["idempotency-key"])).toEqual(["key-1", "key-1", "key-1"]);
  expect(waits).toEqual([2000, 2000]);
});

test("a broken connection is tried again for what has no second effect", async () => {
  const { client, seen, waits } = await aServer((response, round) => {
    if (round % 2 === 1) response.socket?.destroy();
    else json(response, 200, {});
  });
  await client.getHealth();
  await client.cancelRequest({ params: { requestId: REQUEST }, body: {}, idempotencyKey: "mine" });
  expect(seen.map(({ headers }) => headers["idempotency-key"])).toEqual([
    undefined,
    undefined,
    "mine",
    "mine",
  ]);
  expect(waits).toEqual([250, 250]);
});

test("an edit and a deletion are not tried again: nobody knows whether they have happened", async () => {
  const { client, seen } = await aServer((response) => response.socket?.destroy());
  await expect(client.editService({ params: { serviceId: "svc_1" }, body: { price: 1 } })).rejects.toThrow(
    TypeError,
  );
  await expect(client.removeService({ params: { serviceId: "svc_1" } })).rejects.toThrow(TypeError);
  expect(seen).toHaveLength(2);
});

test("patience has an end", async () => {
  const { client, seen, waits } = await aServer((response) => problem(response, 503, "busy"), {
    patience: { attempts: 4 },
  });
  await expect(client.getHealth()).rejects.toMatchObject({ type: "busy" });
  expect(seen).toHaveLength(4);
  expect(waits).toEqual([250, 500, 1000]);
});

test("other failures are not tried again", async () => {
  const { client, seen } = await aServer((response) => problem(response, 500, "internal"));
  await expect(client.getHealth()).rejects.toMatchObject({ type: "internal" });
  expect(seen).toHaveLength(1);
});

test("a call that is given up is not tried again", async () => {
  const giveUp = new AbortController();
  const { client, seen } = await aServer((response) => {
    giveUp.abort(new Error("gone"));
    problem(response, 503, "busy");
  });
  await expect(client.getHealth({ signal: giveUp.signal })).rejects.toThrow();
  expect(seen).toHaveLength(1);
});

test("each act has a new key", async () => {
  const { client, seen } = await aServer((response) => json(response, 200, {}));
  await client.cancelRequest({ params: { requestId: REQUEST }, body: {} });
  await client.cancelRequest({ params: { requestId: REQUEST }, body: {} });
  expect(seen.map(({ headers }) => headers["idempotency-key"])).toEqual(["key-1", "key-2"]);
});
