import type { IncomingMessage, ServerResponse } from "node:http";
import { ulid } from "ulid";
import * as z from "zod";
import type { Clock, Timekept } from "../../clock/index.ts";
import { listen, readBody } from "../../server/index.ts";
import { turnsOfShare } from "../evenly.ts";
import type { Reply } from "../stand-in.ts";
import { teller } from "../teller.ts";
import { payPage } from "./page.ts";
import { type Fate, failure, STRIPE_SECRET_KEY, STRIPE_SIGNING_SECRET, stripeStandIn } from "./stand-in.ts";
import { openTill, type Refund, type Session, type Telling } from "./till.ts";

/** How the next calls and payments fare. `times` counts them; 0 ends what was to come. */
export const PaymentFault = z.strictObject({
  times: z.int().min(0),
  /** Counts and hits these calls alone: `GET` looks, and `POST` does something. */
  method: z.enum(["GET", "POST"]).optional(),
  /** Of those, the share that it hits, spread evenly; all when left out. */
  share: z.number().min(0).max(1).optional(),
  /**
   * How the call is answered. `busy`: 429. `fault`: 500, and nothing is done. `half-done`: it is done, and the answer is 500.
   * `lost`: it is done, and the connection breaks. `broken`: it is done, and the answer is not what the documentation says.
   * A 500 is what the call's key gets from then on, as other refusals than those that come before anything is done.
   */
  answer: z.enum(["busy", "fault", "half-done", "lost", "broken"]).optional(),
  /** Refuses it with this code of Stripe's. */
  refuse: z.string().optional(),
  /** What becomes of a refund; it succeeds after a while otherwise. */
  refund: z.enum(["fails", "succeeds-at-once"]).optional(),
  /** How long after it happened something is told. */
  toldAfterSeconds: z.int().min(0).optional(),
});
export type PaymentFault = z.infer<typeof PaymentFault>;

/** What was asked for, whether it was paid, and what went back. */
export interface Taken extends Session {
  readonly refunds: readonly Refund[];
}

/** Stripe, as a server on loopback. */
export interface Payments extends Timekept {
  /** The environment variables that lead to it in place of the real one. */
  readonly variables: Readonly<Record<string, string>>;
  /** What it signs with. */
  readonly account: { readonly signingSecret: string };
  /** Newest first. */
  taken(): Taken[];
  fail(fault: PaymentFault): void;
  start(): void;
  stop(): void;
  close(): Promise<void>;
}

interface Options {
  /** All is kept in `payments.jsonl` of this folder. */
  readonly stateDir: string;
  readonly clock: Clock;
  /** Of the pages, which outlive a restart with it; a free one when 0. */
  readonly port?: number;
  readonly apiUrl?: () => string | undefined;
}

const MAX_BODY_BYTES = 64 * 1024;

export async function startPayments(options: Options): Promise<Payments> {
  const { stateDir, clock, port = 0, apiUrl = () => undefined } = options;
  const till = openTill(stateDir);
  let url = "";
  let upcoming: PaymentFault = { times: 0 };
  const shares = turnsOfShare();
  let changed = (): void => undefined;
  const newId = (): string => ulid(clock.now());
  const stripe = stripeStandIn({ till, clock, newId, pagesUrl: () => url });

  function nextFault(method = "POST"): Partial<PaymentFault> {
    if (upcoming.times === 0 || method !== (upcoming.method ?? method)) return {};
    upcoming = { ...upcoming, times: upcoming.times - 1 };
    const isItsTurn = shares.of(upcoming.share);
    return isItsTurn() ? upcoming : {};
  }

  /** What the API answers; `undefined` when the connection breaks instead. */
  async function asked(
    request: IncomingMessage,
    { pathname, searchParams }: URL,
  ): Promise<Reply | undefined> {
    const body = await readBody(request, MAX_BODY_BYTES);
    const { method = "GET", headers } = request;
    const { answer, refuse, ...fate } = nextFault(method);
    if (answer === "busy") return failure(429, "invalid_request_error", "rate_limit");
    const refusal = refuse === undefined ? undefined : refusalOf(refuse);
    if (refusal && BEFORE_ANYTHING.includes(refusal.status)) return refusal;
    const fails = failing(refusal, answer);
    const reply = stripe.answer(
      { method, path: pathname, query: searchParams, headers, body },
      { ...fate, ...(fails && { fails }) },
    );
    changed();
    if (answer === "lost") return undefined;
    return answer === "broken" ? { status: reply.status, body: ["not what is documented"] } : reply;
  }

  function page(request: IncomingMessage, response: ServerResponse, id: string): void {
    const session = till.sessions.get(id);
    if (!session) {
      response.writeHead(404).end();
      return;
    }
    if (request.method === "POST") {
      const isPaid = stripe.pay(id, nextFault());
      changed();
      // Back to the page when it has ended.
      response.writeHead(303, { location: isPaid ? session.successUrl : session.url }).end();
      return;
    }
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(payPage(session));
  }

  const server = await listen(
    async (request, response) => {
      const at = new URL(request.url ?? "/", "http://stripe");
      const [, id] = /^\/pay\/(\w+)$/.exec(at.pathname) ?? [];
      if (id) return page(request, response, id);
      const reply = await asked(request, at);
      if (!reply) return void response.destroy();
      response.writeHead(reply.status, { "content-type": "application/json", ...reply.headers });
      response.end(JSON.stringify(reply.body));
    },
    { port },
  );
  url = server.url;

  const telling = teller<Telling & { attempt: number }>({
    clock,
    apiUrl,
    source: {
      untold: () => [...till.untold.values()].map((item) => ({ ...item, attempt: 0 })),
      told: ({ id }) => till.write({ told: id }),
      onChange(listener) {
        changed = listener;
      },
    },
    hookOf: (item, to) => stripe.hookOf(item, to),
  });

  return {
    variables: { STRIPE_SECRET_KEY, STRIPE_API_URL: url },
    account: { signingSecret: STRIPE_SIGNING_SECRET },
    taken: () =>
      [...till.sessions.values()].reverse().map((session) => ({
        ...session,
        refunds: [...till.refunds.values()].filter(({ paymentId }) => paymentId === session.paymentId),
      })),
    fail(fault) {
      upcoming = fault;
    },
    ...telling,
    async close() {
      telling.stop();
      await server.close();
      till.close();
    },
  };
}

/** What fails in place of what was asked, or after it. */
function failing(refusal: Reply | undefined, answer: PaymentFault["answer"]): Fate["fails"] {
  if (refusal) return { reply: refusal, isDone: false };
  if (answer !== "fault" && answer !== "half-done") return undefined;
  return { reply: failure(500, "api_error"), isDone: answer === "half-done" };
}

const refusalOf = (code: string): Reply => failure(STATUS[code] ?? 400, "invalid_request_error", code);

/** Whose call it is, whether its key is in use, and whether there are too many are looked at first. */
const BEFORE_ANYTHING: readonly number[] = [401, 409, 429];

const STATUS: Readonly<Record<string, number>> = {
  api_key_expired: 401,
  card_declined: 402,
  idempotency_key_in_use: 409,
  lock_timeout: 429,
  resource_missing: 404,
};
