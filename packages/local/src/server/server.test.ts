import { once } from "node:events";
import { Agent, get, type IncomingMessage, type ServerResponse } from "node:http";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";
import { type Answer, listen } from "./index.ts";

async function start(answer: Answer, graceMs?: number) {
  const server = await listen(answer, {}, graceMs);
  onTestFinished(() => server.close());
  return server;
}

const OK: Answer = async (_request, response) => void response.end("ok");

test("a connection serves one request after the other", async () => {
  const server = await start(OK);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => agent.destroy());
  const ports: (number | undefined)[] = [];
  for (let round = 0; round < 3; round++) {
    const [response] = (await once(get(server.url, { agent }), "response")) as [IncomingMessage];
    ports.push(response.socket.localPort);
    expect(await text(response)).toBe("ok");
  }
  expect(new Set(ports).size).toBe(1);
});

test("a closed server refuses new connections, and closing twice is harmless", async () => {
  const server = await start(OK);
  await server.close();
  await server.close();
  await expect(fetch(server.url)).rejects.toThrow();
});

test.each([
  ["that never had a request", ""],
  ["that had one", "GET / HTTP/1.1\r\nhost: localhost\r\n\r\n"],
])("closing does not wait for an idle connection %s", async (_what, sent) => {
  const server = await start(OK, 60_000);
  const idle = connect(server.port, "127.0.0.1");
  await once(idle, "connect");
  idle.write(sent);
  if (sent !== "") await once(idle, "data");
  idle.resume();
  const ended = once(idle, "close");
  await server.close();
  await ended;
});

test("a request under way at closing is answered, and its connection ends without a wait", async () => {
  const arrived = Promise.withResolvers<ServerResponse>();
  const server = await start(async (_request, response) => arrived.resolve(response), 60_000);
  const agent = new Agent({ keepAlive: true });
  onTestFinished(() => agent.destroy());
  const answered = once(get(server.url, { agent }), "response");
  const response = await arrived.promise;
  const closed = server.close();
  response.end("late");
  const [received] = (await answered) as [IncomingMessage];
  expect(await text(received)).toBe("late");
  await closed;
});

test("a request that is never answered does not keep the server from closing", {
  timeout: 5_000,
}, async () => {
  const arrived = Promise.withResolvers<void>();
  const server = await start(async () => arrived.resolve(), 1);
  const lost = fetch(server.url).catch((error: unknown) => error);
  await arrived.promise;
  await server.close();
  expect(await lost).toBeInstanceOf(TypeError);
});

test("a port that is taken is an error that names the reason", async () => {
  const { port } = await start(OK);
  await expect(listen(OK, { port })).rejects.toMatchObject({ code: "EADDRINUSE" });
});
