import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { Inngest, type InngestFunction } from "inngest";
import { serve as serveLambda } from "inngest/lambda";
import { serve as serveNode } from "inngest/node";
import { afterEach } from "vitest";
import type { MovableClock } from "../clock/clock.ts";
import { durationMs, momentOf } from "./definition/duration.ts";
import { type Engine, type EngineOptions, type RunView, startEngine } from "./index.ts";

/** Where the tests' time begins: 1 December 2026, 10:00 in Paris. */
export const start = "2026-12-01T09:00:00.000Z";

export const signingKey = `signkey-test-${"ab".repeat(32)}`;

type Functions = (client: Inngest) => InngestFunction.Any[];

interface StageOptions extends Partial<EngineOptions> {
  /** How the app is served: plain HTTP, or the Lambda handler behind a function URL. */
  transport?: "node" | "lambda";
}

/** An app served by the real SDK, an engine, and a clock that stands still until it is moved. */
export interface Stage {
  engine: Engine;
  client: Inngest;
  clock: MovableClock;
  directory: string;
  appUrl: string;
  /** Sends one event or several and lets everything happen that is due at once; gives the engine's ids. */
  send(
    ...events: { name: string; data?: Record<string, unknown>; id?: string; ts?: number }[]
  ): Promise<string[]>;
  /** Lets time pass, doing what falls due at its moment: `1h30m`, or an ISO date to go to. */
  pass(duration: string): Promise<void>;
  /** The one run of a function; fails when there is none or more than one. */
  run(functionId: string): RunView;
  /** The runs of a function, oldest first. */
  runs(functionId: string): RunView[];
}

const cleanups: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** A directory that is gone after the test. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "engine-"));
  cleanups.push(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

export function clockAt(iso: string): MovableClock {
  let now = Date.parse(iso);
  return {
    now: () => now,
    moveTo: (instant) => {
      now = Math.max(now, instant);
    },
  };
}

const nothing = () => undefined;
// Without a flush of its own the SDK waits a millisecond after every call.
const silent = { info: nothing, warn: nothing, error: nothing, debug: nothing, flush: async () => undefined };

/** Opens an engine, serves an app that knows it, and syncs the two. All of it is gone after the test. */
export async function stage(functions: Functions, options: StageOptions = {}): Promise<Stage> {
  const { transport = "node", ...engineOptions } = options;
  const directory = engineOptions.stateDir ?? temporaryDirectory();
  const clock = (engineOptions.clock as MovableClock | undefined) ?? clockAt(start);
  const engine = await startEngine({ jitter: () => 0, ...engineOptions, clock, stateDir: directory });
  cleanups.push(() => engine.close());
  const client = new Inngest({
    id: "clinic",
    baseUrl: engine.url,
    checkpointing: false,
    logger: silent,
    ...(options.signingKey
      ? { isDev: false, signingKey: options.signingKey, eventKey: "test" }
      : { isDev: true }),
  });
  const served = { client, functions: functions(client), servePath: "/api/inngest" };
  const appUrl = await listen(transport === "node" ? serveNode(served) : functionUrl(serveLambda(served)));
  await engine.sync(appUrl);

  const runs = (functionId: string) =>
    engine.runs({ workflow: `clinic-${functionId}`, limit: 10_000 }).reverse();
  return {
    engine,
    client,
    clock,
    directory,
    appUrl,
    runs,
    async send(...events) {
      const { ids } = await client.send(events);
      await engine.runDue();
      return ids;
    },
    async pass(duration) {
      await moveTo(engine, clock, momentOf(duration, clock.now()));
    },
    run(functionId) {
      const [run, ...others] = runs(functionId);
      if (!run || others.length > 0)
        throw new Error(`${functionId} has ${others.length + (run ? 1 : 0)} runs`);
      return run;
    },
  };
}

/** Moves the clock from one due job to the next, up to a moment. */
async function moveTo(engine: Engine, clock: MovableClock, moment: number): Promise<void> {
  await engine.runDue();
  for (let next = engine.nextDueAt(); next !== undefined && next <= moment; next = engine.nextDueAt()) {
    clock.moveTo(next);
    await engine.runDue();
  }
  clock.moveTo(moment);
}

/** How long after the start of the test's time a moment of a run is, in milliseconds. */
export function since(iso: string | undefined): number {
  return Date.parse(iso ?? "") - Date.parse(start);
}

export const ms = durationMs;

async function listen(handler: RequestListener): Promise<string> {
  const server: Server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  cleanups.push(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  const address = server.address();
  if (typeof address !== "object" || !address) throw new Error("the app has no port");
  return `http://127.0.0.1:${address.port}/api/inngest`;
}

type LambdaHandler = ReturnType<typeof serveLambda>;

/** A Lambda function URL: HTTP in, an event of payload format 2.0 with a base64 body to the handler. */
function functionUrl(handler: LambdaHandler): RequestListener {
  return async (request, response) => {
    const url = new URL(request.url ?? "/", "http://function");
    const body = await buffer(request);
    const event = {
      version: "2.0",
      rawPath: url.pathname,
      rawQueryString: url.search.slice(1),
      headers: { ...request.headers, "x-forwarded-proto": "http" },
      queryStringParameters: Object.fromEntries(url.searchParams),
      requestContext: {
        http: { method: request.method, path: url.pathname },
        domainName: request.headers.host,
      },
      body: body.toString("base64"),
      isBase64Encoded: true,
    };
    const [first, second] = [event, { awsRequestId: "test" }] as unknown as Parameters<LambdaHandler>;
    const answer = (await handler(first, second)) as {
      statusCode: number;
      headers: Record<string, string>;
      body: string;
    };
    response.writeHead(answer.statusCode, answer.headers);
    response.end(answer.body);
  };
}
