import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";

export interface Address {
  /** Loopback by default: what runs here is for this machine. */
  host?: string;
  /** A free port is chosen when it is left out. */
  port?: number;
}

export interface RunningServer {
  url: string;
  port: number;
  /** Takes no more requests, lets those under way finish for a while, and ends every connection. */
  close(): Promise<void>;
}

export type Answer = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Longer than the idle time of usual clients, so that the client closes first and never writes to a closed socket. */
const KEEP_ALIVE_MS = 65_000;

/**
 * Starts an HTTP server and returns when it accepts connections. An answer that throws becomes a bare 500.
 *
 * @param graceMs how long a closing server waits for the requests under way.
 * @throws Error with code EADDRINUSE when the port is taken.
 */
export async function listen(answer: Answer, address: Address = {}, graceMs = 2_000): Promise<RunningServer> {
  const host = address.host ?? "127.0.0.1";
  const idle = new Set<Socket>();
  let closing = false;
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS, noDelay: true }, (request, response) => {
    const { socket } = request;
    idle.delete(socket);
    if (closing) response.setHeader("connection", "close");
    response.once("close", () => {
      if (closing) socket.end();
      else if (!socket.destroyed) idle.add(socket);
    });
    answer(request, response).catch((error: unknown) => fail(response, error));
  });
  // Node counts a connection as idle only after its first request, and browsers open some that never have one.
  server.on("connection", (socket) => {
    idle.add(socket);
    socket.once("close", () => idle.delete(socket));
  });
  server.listen(address.port ?? 0, host);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${hostOf(host)}:${port}`,
    port,
    async close() {
      if (closing) return;
      closing = true;
      const closed = once(server, "close");
      server.close();
      for (const socket of idle) socket.destroy();
      const timer = setTimeout(() => server.closeAllConnections(), graceMs);
      await closed;
      clearTimeout(timer);
    },
  };
}

function fail(response: ServerResponse, error: unknown): void {
  // Whoever asked has left, which is most likely what went wrong.
  if (response.destroyed) return;
  console.error(error);
  if (response.headersSent) response.destroy();
  else response.writeHead(500).end();
}

/** What a client on this machine writes to reach a server that was bound to `host`. */
function hostOf(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "localhost";
  return host.includes(":") ? `[${host}]` : host;
}
