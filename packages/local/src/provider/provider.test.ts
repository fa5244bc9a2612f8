import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { type OutgoingMessage, type Provider, startProvider } from "./index.ts";

const NINE = Date.parse("2026-03-02T09:00:00Z");
const MINUTE = 60_000;
const MESSAGE: OutgoingMessage = {
  channel: "whatsapp",
  to: "+51999000111",
  language: "es",
  template: "booking_confirmed",
  body: "Su cita está confirmada.",
};

interface Scene {
  provider: Provider;
  stateDir: string;
  clock: { time: number; now(): number };
}

async function start(stateDir = temporaryFolder()): Promise<Scene> {
  const clock = { time: NINE, now: () => clock.time };
  const provider = await startProvider({ stateDir, clock, apiKey: "secret" });
  onTestFinished(() => provider.close());
  return { provider, stateDir, clock };
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "turno-provider-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function call(provider: Provider, path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(provider.url + path, {
    ...init,
    headers: { authorization: "Bearer secret", ...init.headers },
  });
}

function send(provider: Provider, key: string, message: object = MESSAGE): Promise<Response> {
  return call(provider, "/messages", {
    method: "POST",
    headers: { "idempotency-key": key },
    body: JSON.stringify(message),
  });
}

async function fail(provider: Provider, fault: object): Promise<void> {
  const answer = await call(provider, "/faults", { method: "POST", body: JSON.stringify(fault) });
  expect(answer.status).toBe(200);
}

test("a message is accepted and kept with the time of the clock", async () => {
  const { provider } = await start();
  const answer = await send(provider, "k1", { ...MESSAGE, subject: "Cita" });
  expect(answer.status).toBe(202);
  const accepted = (await answer.json()) as Record<string, unknown>;
  expect(accepted).toEqual({
    providerMessageId: expect.stringMatching(/^msg_[0-9A-Z]{26}$/),
    status: "accepted",
  });
  expect(provider.messages()).toEqual([
    {
      ...MESSAGE,
      subject: "Cita",
      providerMessageId: accepted.providerMessageId,
      idempotencyKey: "k1",
      receivedAt: "2026-03-02T09:00:00.000Z",
    },
  ]);
});

test("the same key gets the same answer, and nothing new is kept", async () => {
  const { provider } = await start();
  const [first, second] = await Promise.all([send(provider, "k1"), send(provider, "k1")]);
  expect(await second.json()).toEqual(await first.json());
  expect(provider.messages()).toHaveLength(1);
});

test("messages are listed newest first, by recipient and by time", async () => {
  const { provider, clock } = await start();
  await send(provider, "k1");
  clock.time += MINUTE;
  await send(provider, "k2", { ...MESSAGE, channel: "email", to: "ana@example.org" });
  await send(provider, "k3");
  const keys = async (path: string) => {
    const { items } = (await (await call(provider, path)).json()) as { items: { idempotencyKey: string }[] };
    return items.map((item) => item.idempotencyKey);
  };
  expect(await keys("/messages")).toEqual(["k3", "k2", "k1"]);
  expect(await keys("/messages?to=%2B51999000111")).toEqual(["k3", "k1"]);
  expect(await keys("/messages?to=+51999000111")).toEqual(["k3", "k1"]);
  expect(await keys("/messages?since=2026-03-02T09:01:00Z")).toEqual(["k3", "k2"]);
  expect(provider.messages({ to: "ana@example.org" })).toHaveLength(1);
});

test("a restart has every message and every key, even after a torn last line", async () => {
  const { provider, stateDir } = await start();
  const accepted = await (await send(provider, "k1")).json();
  appendFileSync(join(stateDir, "messages.jsonl"), '{"providerMessageId":"msg_half');
  await provider.close();

  const { provider: again } = await start(stateDir);
  expect(await (await send(again, "k1")).json()).toEqual(accepted);
  await send(again, "k2");
  expect(again.messages().map((message) => message.idempotencyKey)).toEqual(["k2", "k1"]);
});

test("a message is on disk when it is accepted", async () => {
  const { provider, stateDir } = await start();
  await send(provider, "k1");
  expect(readFileSync(join(stateDir, "messages.jsonl"), "utf8")).toContain('"idempotencyKey":"k1"');
});

test.each(["POST /messages", "GET /messages", "POST /faults"])("%s needs the key", async (route) => {
  const { provider } = await start();
  const [method, path] = route.split(" ");
  const answer = await fetch(provider.url + path, { method, headers: { authorization: "Bearer other" } });
  expect(answer.status).toBe(401);
});

test.each([
  ["an unknown channel", { channel: "pigeon" }, "channel"],
  ["no body", { body: undefined }, "body"],
  ["an empty language", { language: " " }, "language"],
  ["a template that is no text", { template: 1 }, "template"],
  ["a phone number without its country", { to: "999000111" }, "E.164"],
  ["an email to a phone number", { channel: "email" }, "email address"],
  ["a subject that is no text", { subject: 1 }, "subject"],
])("%s is malformed", async (_what, change, problem) => {
  const { provider } = await start();
  const answer = await send(provider, "k1", { ...MESSAGE, ...change });
  expect(answer.status).toBe(422);
  expect(await answer.text()).toContain(problem);
  expect(provider.messages()).toEqual([]);
});

test("what is not JSON, a list, or without an idempotency key is malformed", async () => {
  const { provider } = await start();
  const post = (body: string, headers: Record<string, string>) =>
    call(provider, "/messages", { method: "POST", body, headers });
  expect((await post("{", { "idempotency-key": "k1" })).status).toBe(422);
  expect((await post("[]", { "idempotency-key": "k1" })).status).toBe(422);
  expect((await post(JSON.stringify(MESSAGE), {})).status).toBe(422);
  expect((await call(provider, "/messages?since=soon")).status).toBe(422);
});

test.each([429, 500])(
  "it fails with %i as often as it was told, keeping nothing, then works",
  async (status) => {
    const { provider } = await start();
    await fail(provider, { status, times: 2 });
    expect((await send(provider, "k1")).status).toBe(status);
    expect((await send(provider, "k1")).status).toBe(status);
    expect(provider.messages()).toEqual([]);
    expect((await send(provider, "k1")).status).toBe(202);
  },
);

test("too many messages come with a time to wait", async () => {
  const { provider } = await start();
  await fail(provider, { status: 429, times: 1 });
  expect((await send(provider, "k1")).headers.get("retry-after")).toBe("1");
});

test("a dropped response hides that the message was kept; the retry is told", async () => {
  const { provider } = await start();
  await fail(provider, { times: 1, dropResponse: true });
  await expect(send(provider, "k1")).rejects.toThrow();
  const [kept] = provider.messages();
  expect(await (await send(provider, "k1")).json()).toMatchObject({
    providerMessageId: kept!.providerMessageId,
  });
  expect(provider.messages()).toHaveLength(1);
});

test("a delayed message is kept after its delay", async () => {
  const { provider } = await start();
  await fail(provider, { times: 1, delayMs: 30 });
  const sent = send(provider, "slow");
  const { status } = await send(provider, "quick");
  expect([status, (await sent).status]).toEqual([202, 202]);
  expect(provider.messages()).toHaveLength(2);
});

test("faults can be taken back", async () => {
  const { provider } = await start();
  await fail(provider, { status: 500, times: 100 });
  await fail(provider, { times: 0 });
  expect((await send(provider, "k1")).status).toBe(202);
});

test.each([
  { times: -1 },
  {},
  { times: 1, status: 404 },
  { times: 1, delayMs: "1" },
  { times: 1, dropResponse: 1 },
])("%j is no fault", async (fault) => {
  const { provider } = await start();
  expect((await call(provider, "/faults", { method: "POST", body: JSON.stringify(fault) })).status).toBe(422);
});

test("an unknown route is 404", async () => {
  const { provider } = await start();
  expect((await call(provider, "/")).status).toBe(404);
});
