import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import * as z from "zod";
import { SyncRefused } from "../definition/rules.ts";
import { EventRefused } from "../event/receive.ts";
import { RerunRefused, RunNotFound } from "../run/rerun.ts";

/** A request as a route sees it. */
export interface Incoming {
  /** What stands at the pattern's `:name` places. */
  readonly parts: Readonly<Record<string, string | undefined>>;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage["headers"];
  /** The body's JSON; undefined when there is none. */
  readonly body: unknown;
}

export interface Outgoing {
  readonly status: number;
  readonly body: unknown;
}

export interface Route {
  readonly method: "GET" | "POST" | "DELETE";
  /** A path such as `/v1/runs/:id`. */
  readonly path: string;
  /** Whether the signing key must be shown, if there is one. */
  readonly isOpen?: boolean;
  readonly answer: (incoming: Incoming) => Outgoing;
}

export interface Front {
  readonly url: string;
  /** Answers a request of this process as it would over the network, without it. */
  readonly fetch: typeof fetch;
  /** Takes no more requests and ends every connection. */
  close(): Promise<void>;
}

/** What of a request counts, however it came. */
interface Asked {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage["headers"];
  readonly text: () => Promise<string>;
}

interface Written {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** Statuses of what can be thrown; whatever is not here is a 500. */
const statuses: readonly (readonly [new (...args: never[]) => Error, number])[] = [
  [EventRefused, 400],
  [SyncRefused, 400],
  [RerunRefused, 400],
  [z.ZodError, 400],
  [SyntaxError, 400],
  [RunNotFound, 404],
];

const mostBytes = 32 * 1024 * 1024;

/**
 * Serves routes over HTTP. Routes answer at once: they write to the journal and leave the work to others.
 *
 * @param isAllowed whether an `authorization` header opens the routes that are not open
 */
export async function serveRoutes(
  routes: readonly Route[],
  address: { readonly host: string; readonly port: number },
  options: { readonly isAllowed: (authorization: string | undefined) => boolean; readonly kind: string },
): Promise<Front> {
  const table = routes.map((route) => ({ route, pattern: patternOf(route.path) }));
  const server = createServer((request, response) => {
    respond(request, response).catch((error: unknown) =>
      response.destroy(error instanceof Error ? error : undefined),
    );
  });

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { status, headers, body } = await answerTo({
      method: request.method ?? "GET",
      url: new URL(request.url ?? "/", "http://engine"),
      headers: request.headers,
      text: () => text(request),
    });
    response.writeHead(status, headers);
    response.end(body);
  }

  async function answerTo(request: Asked): Promise<Written> {
    const { status, body } = await outgoingFor(request);
    const isPage = typeof body === "string";
    return {
      status,
      headers: {
        "content-type": isPage ? "text/html; charset=utf-8" : "application/json",
        "x-inngest-server-kind": options.kind,
        ...(isPage && { "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'" }),
      },
      body: isPage ? body : JSON.stringify(body),
    };
  }

  async function outgoingFor({ method, url, headers, text: read }: Asked): Promise<Outgoing> {
    const raw = await read();
    if (Buffer.byteLength(raw) > mostBytes) return failure(413, "the body is too large");
    const found = table.find(({ route, pattern }) => route.method === method && pattern.test(url.pathname));
    if (!found) return failure(404, "not found");
    if (!found.route.isOpen && !options.isAllowed(headers.authorization)) return failure(401, "unauthorized");
    try {
      return found.route.answer({
        parts: found.pattern.exec(url.pathname)?.groups ?? {},
        query: url.searchParams,
        headers,
        body: raw === "" ? undefined : JSON.parse(raw),
      });
    } catch (error) {
      const known = statuses.find(([kind]) => error instanceof kind);
      return failure(known?.[1] ?? 500, error instanceof Error ? error.message : String(error));
    }
  }

  await listen(server, address);
  const bound = server.address();
  const port = typeof bound === "object" && bound ? bound.port : address.port;
  return {
    url: `http://${address.host}:${port}`,
    async fetch(input, init) {
      const request = new Request(input, init);
      const answer = await answerTo({
        method: request.method,
        url: new URL(request.url),
        headers: Object.fromEntries(request.headers),
        text: () => request.text(),
      });
      return new Response(answer.body, { status: answer.status, headers: answer.headers });
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The shape of the service's errors; the SDK reads `status` and `error` of it. */
function failure(status: number, error: string): Outgoing {
  return { status, body: { ids: [], ok: false, status, error } };
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replace(/:(\w+)/g, "(?<$1>[^/]+)")}$`);
}

function listen(server: Server, { host, port }: { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
}
