import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { loopback, type OutgoingMessage, TryLater, Undeliverable, WrongNumber } from "./index.ts";

interface Received {
  readonly path: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

const message: OutgoingMessage = {
  idempotencyKey: "ntf_01JDWXR3M8Q6V9T2KZB4N7HC5E.whatsapp",
  reference: "ntf_01JDWXR3M8Q6V9T2KZB4N7HC5E",
  channel: "whatsapp",
  to: "+525512345678",
  sender: "+525550000000",
  language: "es",
  template: "appointment_confirmed",
  parameters: { patientName: "Ana Torres" },
  body: "Hola, Ana Torres.",
};

let url: string;
let received: Received[];
let answer: (response: ServerResponse) => void;

const answering = (status: number, body: unknown = {}, headers: Record<string, string> = {}) => {
  answer = (response) => response.writeHead(status, headers).end(JSON.stringify(body));
};

const provider = createServer(async (request, response) => {
  let text = "";
  for await (const part of request) text += part;
  received.push({ path: request.url, headers: request.headers, body: JSON.parse(text) });
  answer(response);
});

beforeAll(async () => {
  await new Promise<void>((listening) => provider.listen(0, "127.0.0.1", listening));
  url = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
});

beforeEach(() => {
  received = [];
});

afterAll(async () => {
  provider.closeAllConnections();
  await new Promise((closed) => provider.close(closed));
});

const send = () => loopback({ url, key: "a-key" }).send(message);

const failure = async (sending: Promise<unknown> = send()): Promise<unknown> =>
  sending.then(
    () => undefined,
    (error: unknown) => error,
  );

describe("a message", () => {
  test("that is accepted has the provider's id", async () => {
    answering(202, { providerMessageId: "wamid.1", status: "accepted" });
    expect(await send()).toEqual({ providerMessageId: "wamid.1" });
  });

  test("goes out with the key of the account and its own", async () => {
    answering(202, { providerMessageId: "wamid.1", status: "accepted" });
    await send();
    const { idempotencyKey, ...body } = message;
    expect(received).toMatchObject([
      {
        path: "/messages",
        headers: { authorization: "Bearer a-key", "idempotency-key": idempotencyKey },
        body,
      },
    ]);
    expect(received[0]!.body).not.toHaveProperty("idempotencyKey");
  });
});

describe("a message is to be sent again", () => {
  test("after as long as the provider asks for", async () => {
    answering(429, {}, { "retry-after": "30" });
    expect(await failure()).toMatchObject({ name: "TryLater", reason: "busy", retryAfterSeconds: 30 });
  });

  test("when the provider has a fault", async () => {
    answering(503);
    expect(await failure()).toMatchObject({ name: "TryLater", reason: "busy", retryAfterSeconds: undefined });
  });

  test("when the account's key is not accepted, since it can be put right", async () => {
    answering(401);
    expect(await failure()).toMatchObject({ name: "TryLater", reason: "unauthorized" });
  });

  test("when the answer does not come in time", async () => {
    answer = () => undefined;
    const impatient = loopback({ url, key: "a-key", timeoutMillis: 20 });
    expect(await failure(impatient.send(message))).toMatchObject({
      name: "TryLater",
      reason: "timeout",
      unclear: true,
    });
  });

  test("when nobody listens", async () => {
    const nowhere = loopback({ url: "http://127.0.0.1:1", key: "a-key" });
    expect(await failure(nowhere.send(message))).toMatchObject({ name: "TryLater", reason: "unreachable" });
  });

  test("when the connection breaks before the answer", async () => {
    answer = (response) => response.destroy();
    expect(await failure()).toMatchObject({ name: "TryLater", reason: "unreachable", unclear: true });
  });

  test("when the answer makes no sense", async () => {
    answer = (response) => response.writeHead(202).end("accepted");
    expect(await failure()).toMatchObject({ name: "TryLater", reason: "unreadable-answer" });
  });
});

describe("a message is given up", () => {
  test("when the address alone is wrong", async () => {
    answering(422, { errors: ["to has to be a phone number in E.164"] });
    expect(await failure()).toBeInstanceOf(WrongNumber);
  });

  test.each([400, 403, 404, 422])("when the provider refuses it with %i", async (status) => {
    answering(status, { errors: ["to has to be a text", "body has to be a text"] });
    const error = await failure();
    expect(error).toBeInstanceOf(Undeliverable);
    expect(error).toMatchObject({ name: "Undeliverable", reason: "refused" });
  });
});

test("no error tells of the person", async () => {
  for (const status of [400, 401, 422, 429, 500]) {
    answering(status, { errors: [`to ${message.to}`, message.body] });
    const error = await failure();
    expect(error instanceof TryLater || error instanceof Undeliverable).toBe(true);
    const told = inspect(error, { depth: 10, showHidden: true });
    expect(told).not.toContain(message.to);
    expect(told).not.toContain("Ana Torres");
  }
});
