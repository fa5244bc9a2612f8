import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import type { Clock } from "../clock/clock.ts";
import { BodyTooLarge, listen, readBody } from "../server/index.ts";
import { type Fault, readFault } from "./fault.ts";
import { type MessageQuery, openInbox } from "./inbox.ts";
import { Malformed, type ReceivedMessage, readMessage } from "./message.ts";

export interface ProviderOptions {
  /** Messages are kept in `messages.jsonl` of this folder. */
  stateDir: string;
  clock: Clock;
  /** A free port is chosen when it is left out. */
  port?: number;
  apiKey: string;
}

export interface Provider {
  url: string;
  /** What was received, newest first. */
  messages(query?: MessageQuery): ReceivedMessage[];
  close(): Promise<void>;
}

interface Reply {
  status: number;
  body: object;
  headers?: Record<string, string>;
}

const MAX_BODY_BYTES = 1024 * 1024;

/**
 * Starts the stand-in of the message providers on loopback. It takes messages as they do: with a key, once for each
 * `Idempotency-Key`, kept before they are accepted. Every route asks for the key.
 *
 * - `POST /messages` answers 202 with `{ providerMessageId, status }`
 * - `GET /messages?to&since` answers `{ items }`, newest first
 * - `POST /faults` takes a Fault, which holds until it is used up or replaced
 */
export async function startProvider({ stateDir, clock, port, apiKey }: ProviderOptions): Promise<Provider> {
  const inbox = openInbox(stateDir, clock);
  let fault: Fault = { times: 0 };

  const nextFault = (): Partial<Fault> => {
    if (fault.times === 0) return {};
    fault = { ...fault, times: fault.times - 1 };
    return fault;
  };

  /** Returns undefined when the connection is to break. */
  const receive = async (request: IncomingMessage): Promise<Reply | undefined> => {
    const { status, delayMs, dropResponse } = nextFault();
    if (delayMs !== undefined) await wait(delayMs);
    const given = await readJson(request);
    const reply = status === undefined ? accept(readKey(request), given) : failed(status);
    return dropResponse ? undefined : reply;
  };

  const accept = (idempotencyKey: string, given: unknown): Reply => {
    const { providerMessageId } = inbox.receive(idempotencyKey, readMessage(given));
    return { status: 202, body: { providerMessageId, status: "accepted" } };
  };

  const answer = async (request: IncomingMessage): Promise<Reply | undefined> => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://provider");
    if (request.headers.authorization !== `Bearer ${apiKey}`) return refused(401, ["the key is not known"]);
    switch (`${request.method} ${pathname}`) {
      case "POST /messages":
        return receive(request);
      case "GET /messages":
        return { status: 200, body: { items: inbox.messages(readQuery(searchParams)) } };
      case "POST /faults":
        fault = readFault(await readJson(request));
        return { status: 200, body: fault };
      default:
        return refused(404, [`there is no ${request.method} ${pathname}`]);
    }
  };

  const server = await listen(
    async (request, response) => send(response, await answer(request).catch(refusal)),
    port === undefined ? {} : { port },
  ).catch((error: unknown) => {
    inbox.close();
    throw error;
  });
  return {
    url: server.url,
    messages: (query) => inbox.messages(query),
    async close() {
      await server.close();
      inbox.close();
    },
  };
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const body = await readBody(request, MAX_BODY_BYTES);
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    throw new Malformed(["the body has to be JSON"]);
  }
}

function readKey(request: IncomingMessage): string {
  const key = request.headers["idempotency-key"];
  if (typeof key !== "string" || key.trim() === "")
    throw new Malformed(["the header Idempotency-Key is missing"]);
  return key;
}

function readQuery(parameters: URLSearchParams): MessageQuery {
  const to = parameters.get("to");
  const since = parameters.get("since");
  return {
    // A plus that was not encoded arrives as a space, and every phone number begins with one.
    ...(to !== null && { to: to.replace(/^ /, "+") }),
    ...(since !== null && { since }),
  };
}

function failed(status: 429 | 500): Reply {
  if (status === 500) return refused(500, ["something went wrong"]);
  return { ...refused(429, ["too many messages"]), headers: { "retry-after": "1" } };
}

function refused(status: number, errors: readonly string[]): Reply {
  return { status, body: { errors } };
}

function refusal(error: unknown): Reply {
  if (error instanceof Malformed) return refused(422, error.problems);
  if (error instanceof BodyTooLarge) return refused(413, [error.message]);
  throw error;
}

function send(response: ServerResponse, reply: Reply | undefined): void {
  if (reply === undefined) {
    response.destroy();
    return;
  }
  response.writeHead(reply.status, { "content-type": "application/json", ...reply.headers });
  response.end(JSON.stringify(reply.body));
}
