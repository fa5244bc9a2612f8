import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import type { ProviderName } from "@turno/core/platform";
import type { Accounts } from "@turno/functions";
import type { Clock, Timekept } from "../clock/index.ts";
import { BodyTooLarge, listen, readBody } from "../server/index.ts";
import { META_APP_SECRET, META_VERIFY_TOKEN, metaStandIn } from "./meta/index.ts";
import {
  type Fault,
  faults,
  type Message,
  type MessageQuery,
  openOffice,
  type Said,
} from "./office/index.ts";
import { RESEND_SIGNING_SECRET, resendStandIn } from "./resend/index.ts";
import { SES_TOPIC, sesStandIn } from "./ses/index.ts";
import type { Asked, Reply, StandIn } from "./stand-in.ts";
import { teller } from "./teller.ts";
import type { Registered } from "./templates.ts";
import { TWILIO_AUTH_TOKEN, twilioStandIn } from "./twilio/index.ts";
import { type Subscription, webPushStandIn } from "./web-push/index.ts";

export interface ProvidersOptions {
  /** Messages are kept in `messages.jsonl` of this folder. */
  readonly stateDir: string;
  readonly clock: Clock;
  /** The texts that WhatsApp has approved. */
  readonly registered: Registered;
  /** Our address, where providers tell what became of messages; they wait while there is none. */
  readonly apiUrl?: () => string | undefined;
}

/** What a person writes, as whoever plays them puts it. */
export type Saying = Omit<Said, "id" | "saidAt">;

/** Every provider of messages, in one server on loopback: each below a path of its name. */
export interface Providers extends Timekept {
  /** The environment variables that lead to these in place of the real ones. */
  variables(provider: ProviderName): Readonly<Record<string, string>>;
  /** What was taken, newest first. */
  messages(query?: MessageQuery): Message[];
  /** Lets the next messages fail. */
  fail(fault: Fault): void;
  /** A person writes to a clinic. */
  say(saying: Saying): Said;
  /** What was written back, newest first. */
  said(): Said[];
  /** A browser that allows notifications of whoever has this key; of the stage when left out. */
  subscribe(applicationKey?: string): Subscription;
  /** It allows them no more. */
  unsubscribe(endpoint: string): void;
  /** Begins to tell by itself what became of messages, and ends it. */
  start(): void;
  stop(): void;
  /** What these sign their webhooks with. */
  accounts(): Accounts;
  close(): Promise<void>;
}

const MAX_BODY_BYTES = 1024 * 1024;

/** As long as whoever asks may wait at all. */
const SILENCE_MS = 60_000;

export async function startProviders(options: ProvidersOptions): Promise<Providers> {
  const { stateDir, clock, registered, apiUrl = () => undefined } = options;
  const office = openOffice(stateDir, clock);
  const ses = sesStandIn(office);
  const push = webPushStandIn(office, stateDir);
  const all: readonly StandIn[] = [
    twilioStandIn(office, registered.twilio),
    metaStandIn(office, registered.meta),
    resendStandIn(office),
    ses,
    push,
  ];
  const standIns = new Map(all.map((standIn) => [standIn.provider, standIn]));
  const upcoming = faults();
  const telling = teller({
    source: office,
    hookOf(item, url, at) {
      if (item.kind === "said") return standIns.get(item.said.provider)?.saying?.(item.said, url, at);
      return standIns.get(item.message.provider)?.[item.kind]?.(item.message, url, at);
    },
    ...{ clock, apiUrl },
  });
  const ended = new AbortController();

  /** What is answered; `undefined` when the connection breaks instead. */
  async function answer(request: IncomingMessage): Promise<Reply | undefined> {
    const url = new URL(request.url ?? "/", "http://providers");
    const [, name = "", path = "/"] = /^\/([^/]+)(\/.*)$/.exec(url.pathname) ?? [];
    const standIn = standIns.get(name as ProviderName);
    if (!standIn) return { status: 404 };
    const asked: Asked = {
      method: request.method ?? "GET",
      path,
      query: url.searchParams,
      headers: request.headers,
      body: await readBody(request, MAX_BODY_BYTES),
    };
    const fault = standIn.isMessage(asked) ? upcoming.next(standIn.provider) : {};
    if (fault.refuse !== undefined) return standIn.failure(fault.refuse);
    switch (fault.answer) {
      case "busy":
      case "fault":
        return withPatience(standIn.failure(fault.answer), fault);
      case "silent":
        await wait(SILENCE_MS, undefined, { signal: ended.signal }).catch(() => undefined);
        return undefined;
      case "lost":
        await standIn.answer(asked, fault);
        return undefined;
      case "broken": {
        const { status } = await standIn.answer(asked, fault);
        return { status, body: ["this is not what is documented"] };
      }
      default:
        return standIn.answer(asked, fault);
    }
  }

  const server = await listen(async (request, response) =>
    send(response, await answer(request).catch(refusal)),
  );
  const urlOf = (provider: ProviderName): string => `${server.url}/${provider}`;
  return {
    variables: (provider) => standIns.get(provider)!.variables(urlOf(provider)),
    messages: (query) => office.messages(query),
    fail: (fault) => upcoming.set(fault),
    say: (saying) => office.hear(saying),
    said: () => office.said(),
    subscribe: (applicationKey) => push.subscribe(applicationKey),
    unsubscribe: (endpoint) => push.unsubscribe(endpoint),
    nextDueAt: () => telling.nextDueAt(),
    runDue: () => telling.runDue(),
    start: () => telling.start(),
    stop: () => telling.stop(),
    accounts: () => ({
      twilio: { authToken: TWILIO_AUTH_TOKEN },
      meta: { appSecret: META_APP_SECRET, verifyToken: META_VERIFY_TOKEN },
      resend: { signingSecret: RESEND_SIGNING_SECRET },
      // What AWS would answer at the address that SNS names.
      ses: { topics: [SES_TOPIC], certificate: async () => ses.certificate() },
    }),
    async close() {
      telling.stop();
      ended.abort();
      await server.close();
      push.close();
      office.close();
    },
  };
}

const withPatience = (reply: Reply, { retryAfterSeconds }: Partial<Fault>): Reply =>
  retryAfterSeconds === undefined
    ? reply
    : { ...reply, headers: { ...reply.headers, "retry-after": String(retryAfterSeconds) } };

function refusal(error: unknown): Reply {
  if (error instanceof BodyTooLarge) return { status: 413 };
  throw error;
}

function send(response: ServerResponse, reply: Reply | undefined): void {
  if (reply === undefined) {
    response.destroy();
    return;
  }
  const { status, headers, body } = reply;
  response.writeHead(status, { ...(body && { "content-type": "application/json" }), ...headers });
  response.end(body && JSON.stringify(body));
}
