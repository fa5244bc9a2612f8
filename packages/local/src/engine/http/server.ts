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
  /** Takes no more requests and ends every connection. */
  close(): Promise<void>;
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

const longestBody = 32 * 1024 * 1024;

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
    const url = new URL(request.url ?? "/", "http://engine");
    const found = table.find(
      ({ route, pattern }) => route.method === request.method && pattern.test(url.pathname),
    );
    const { status, body } = await answerOf(found, request, url);
    const isPage = typeof body === "string";
    response.writeHead(status, {
      "content-type": isPage ? "text/html; charset=utf-8" : "application/json",
      "x-inngest-server-kind": options.kind,
      ...(isPage && { "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'" }),
    });
    response.end(isPage ? body : JSON.stringify(body));
  }

  async function answerOf(
    found: (typeof table)[number] | undefined,
    request: IncomingMessage,
    url: URL,
  ): Promise<Outgoing> {
    if (Number(request.headers["content-length"] ?? 0) > longestBody)
      return failure(413, "the body is too large");
    const raw = await text(request);
    if (!found) return failure(404, "not found");
    if (!found.route.isOpen && !options.isAllowed(request.headers.authorization))
      return failure(401, "unauthorized");
    try {
      return found.route.answer({
        parts: found.pattern.exec(url.pathname)?.groups ?? {},
        query: url.searchParams,
        headers: request.headers,
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
