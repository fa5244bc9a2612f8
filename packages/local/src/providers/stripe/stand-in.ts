import { createHash, createHmac } from "node:crypto";
import type { Clock } from "../../clock/index.ts";
import { type Asked, type Hook, Refused, type Reply } from "../stand-in.ts";
import type { Refund, Session, Telling, Till } from "./till.ts";

export const STRIPE_SECRET_KEY = "sk_test_local";
export const STRIPE_SIGNING_SECRET = "whsec_local";
const VERSION = "2025-08-27.basil";

interface Options {
  readonly till: Till;
  readonly clock: Clock;
  readonly newId: () => string;
  /** Where the pages are; without a final slash. */
  readonly pagesUrl: () => string;
}

/** How a call fares that was taken. */
export interface Fate {
  /** What is answered in place of what was done, or of doing it; it is kept with the key, as any answer. */
  readonly fails?: { readonly reply: Reply; readonly isDone: boolean };
  readonly refund?: "fails" | "succeeds-at-once";
  /** How long afterwards it is told of. */
  readonly toldAfterSeconds?: number;
}

const PROMPTLY_SECONDS = 2;
const HALF_AN_HOUR = 30 * 60;
const A_DAY = 24 * 60 * 60;
/** About half a dollar, which is the least that Stripe takes. */
const LEAST = 50;

/** Stripe's Checkout and refunds, as far as they are used. */
export function stripeStandIn({ till, clock, newId, pagesUrl }: Options) {
  const seconds = (): number => Math.floor(clock.now() / 1000);
  const soon = ({ toldAfterSeconds = PROMPTLY_SECONDS }: Fate): number =>
    clock.now() + toldAfterSeconds * 1000;

  function answer(asked: Asked, fate: Fate): Reply {
    try {
      requireAccount(asked);
      if (asked.method === "GET") return fate.fails?.reply ?? listed(asked);
      if (asked.method !== "POST") throw refused(404, "invalid_request_error");
      return onceOnly(asked, () => {
        const { isDone = true, reply } = fate.fails ?? {};
        const done = isDone ? act(asked, fate) : undefined;
        return reply ?? done!;
      });
    } catch (error) {
      if (error instanceof Refused) return error.reply;
      throw error;
    }
  }

  function act({ path, body }: Asked, fate: Fate): Reply {
    const fields = new Map(new URLSearchParams(body.toString("utf8")));
    if (path === "/v1/checkout/sessions") return created(fields, fate);
    if (path === "/v1/refunds") return refund(fields, fate);
    throw refused(404, "invalid_request_error");
  }

  /**
   * A second call with a key is answered as the first one was, a failure included, and has to be the same. What is thrown
   * comes before anything is done, and is not kept.
   *
   * Source: docs.stripe.com/api/idempotent_requests
   */
  function onceOnly({ headers, path, body }: Asked, run: () => Reply): Reply {
    const key = headers["idempotency-key"];
    if (typeof key !== "string" || key === "" || key.length > 255) {
      throw refused(400, "invalid_request_error", "idempotency_key_missing");
    }
    const call = createHash("sha256").update(path).update(body).digest("hex");
    const first = till.answered.get(key);
    if (first && first.call !== call) throw refused(400, "idempotency_error");
    if (first) return { ...first.reply, headers: { ...first.reply.headers, "idempotent-replayed": "true" } };
    const reply = run();
    till.write({ answered: { key, call, reply } });
    return reply;
  }

  function created(fields: Map<string, string>, fate: Fate): Reply {
    for (const name of fields.keys()) {
      if (!SESSION_FIELDS.includes(name)) throw refused(400, "invalid_request_error", "parameter_unknown");
    }
    for (const name of SESSION_FIELDS) {
      if (!fields.get(name)) throw refused(400, "invalid_request_error", "parameter_missing");
    }
    const field = (name: string): string => fields.get(name)!;
    const amount = Number(field("line_items[0][price_data][unit_amount]"));
    const expiresAt = Number(field("expires_at"));
    const life = expiresAt - seconds();
    if (field("mode") !== "payment" || !Number.isInteger(amount) || !/^https?:/.test(field("success_url"))) {
      throw refused(400, "invalid_request_error");
    }
    if (!/^[a-z]{3}$/.test(field("line_items[0][price_data][currency]"))) {
      throw refused(400, "invalid_request_error");
    }
    if (life < HALF_AN_HOUR || life > A_DAY) throw refused(400, "invalid_request_error");
    if (amount < LEAST) throw refused(400, "invalid_request_error", "amount_too_small");
    const id = `cs_test_${newId()}`;
    const session: Session = {
      ...{ id, amount, expiresAt, status: "open", url: `${pagesUrl()}/pay/${id}` },
      createdAt: seconds(),
      reference: field("client_reference_id"),
      currency: field("line_items[0][price_data][currency]"),
      description: field("line_items[0][price_data][product_data][name]"),
      successUrl: field("success_url"),
      metadata: { reservation: field("payment_intent_data[metadata][reservation]") },
    };
    const at = expiresAt * 1000 + (fate.toldAfterSeconds ?? 0) * 1000;
    till.write(
      { session },
      { telling: { id: `evt_${newId()}`, type: "checkout.session.expired", at, of: id } },
    );
    return { status: 200, body: sessionOf(session) };
  }

  function refund(fields: Map<string, string>, fate: Fate): Reply {
    const paymentId = fields.get("payment_intent") ?? "";
    const session = [...till.sessions.values()].find((candidate) => candidate.paymentId === paymentId);
    if (!session) throw refused(404, "invalid_request_error", "resource_missing");
    const amount = Number(fields.get("amount"));
    const gone = refundedOf(paymentId);
    if (gone >= session.amount) return failure(400, "invalid_request_error", "charge_already_refunded");
    if (!Number.isInteger(amount) || amount < 1 || gone + amount > session.amount) {
      throw refused(400, "invalid_request_error", "parameter_invalid_integer");
    }
    const metadata = Object.fromEntries(
      [...fields].flatMap(([name, value]) => {
        const key = /^metadata\[(\w+)\]$/.exec(name)?.[1];
        return key ? [[key, value]] : [];
      }),
    );
    const id = `re_${newId()}`;
    const status = fate.refund === "succeeds-at-once" ? "succeeded" : "pending";
    const outcome = fate.refund === "fails" ? "failed" : "succeeded";
    const made: Refund = { id, paymentId, amount, status, metadata };
    const type = outcome === "failed" ? "refund.failed" : "refund.updated";
    till.write(
      { refund: made },
      // The payment counts it at once.
      { telling: { id: `evt_${newId()}`, type: "charge.refunded", at: clock.now(), of: id } },
      { telling: { id: `evt_${newId()}`, type, at: soon(fate), of: id, outcome } },
    );
    return { status: 200, body: refundOf(made) };
  }

  /** Newest first, a page of it. */
  function listed({ path, query }: Asked): Reply {
    const all = inList(path, query).reverse();
    const after = query.get("starting_after");
    const from = after === null ? 0 : all.findIndex(({ id }) => id === after) + 1;
    const to = from + Number(query.get("limit") ?? 10);
    return { status: 200, body: { object: "list", data: all.slice(from, to), has_more: to < all.length } };
  }

  function inList(path: string, query: URLSearchParams): { readonly id: string }[] {
    if (path === "/v1/refunds") return refundsIn(query);
    if (path === "/v1/checkout/sessions") return sessionsIn(query);
    throw refused(404, "invalid_request_error");
  }

  const refundsIn = (query: URLSearchParams) =>
    [...till.refunds.values()]
      .filter(({ paymentId }) => paymentId === query.get("payment_intent"))
      .map(refundOf);

  const sessionsIn = (query: URLSearchParams) =>
    [...till.sessions.values()]
      .filter(({ status }) => status === (query.get("status") ?? status))
      .filter(({ createdAt }) => createdAt >= Number(query.get("created[gte]")))
      .map(sessionOf);

  const refundedOf = (paymentId: string): number =>
    [...till.refunds.values()]
      .filter((made) => made.paymentId === paymentId && made.status !== "failed")
      .reduce((sum, { amount }) => sum + amount, 0);

  /** Whoever opened the page pays. `false` when it has ended. */
  function pay(id: string, fate: Fate): boolean {
    const session = till.sessions.get(id);
    if (session?.status !== "open" || session.expiresAt <= seconds()) return session?.status === "complete";
    till.write(
      { session: { ...session, status: "complete", paymentId: `pi_${newId()}` } },
      { telling: { id: `evt_${newId()}`, type: "checkout.session.completed", at: soon(fate), of: id } },
    );
    return true;
  }

  /** What a telling says, and makes true; `undefined` when there is nothing to say any more. */
  function hookOf({ id, type, of, outcome }: Telling, apiUrl: string): Hook | undefined {
    const object = objectOf(type, of, outcome);
    return object && signed({ id, type, object }, apiUrl, seconds());
  }

  function objectOf(type: string, of: string, outcome: Telling["outcome"]): object | undefined {
    const session = till.sessions.get(of);
    if (type === "checkout.session.expired") {
      if (!session || session.status === "complete") return undefined;
      till.write({ session: { ...session, status: "expired" } });
      return sessionOf({ ...session, status: "expired" });
    }
    if (session) return sessionOf(session);
    const made = till.refunds.get(of)!;
    if (type === "charge.refunded") {
      const { metadata } = [...till.sessions.values()].find(({ paymentId }) => paymentId === made.paymentId)!;
      const amount_refunded = refundedOf(made.paymentId);
      return { object: "charge", payment_intent: made.paymentId, amount_refunded, metadata };
    }
    const settled = outcome ? { ...made, status: outcome } : made;
    till.write({ refund: settled });
    return refundOf(settled);
  }

  return { answer, pay, hookOf };
}

const SESSION_FIELDS: readonly string[] = [
  "mode",
  "client_reference_id",
  "line_items[0][quantity]",
  "line_items[0][price_data][currency]",
  "line_items[0][price_data][unit_amount]",
  "line_items[0][price_data][product_data][name]",
  "metadata[reservation]",
  "payment_intent_data[metadata][reservation]",
  "success_url",
  "locale",
  "expires_at",
];

function requireAccount({ headers }: Asked): void {
  if (headers.authorization !== `Bearer ${STRIPE_SECRET_KEY}`) throw refused(401, "invalid_request_error");
  if (headers["stripe-version"] !== VERSION) throw refused(400, "invalid_request_error");
  const isForm = headers["content-type"] === "application/x-www-form-urlencoded";
  if (headers["content-type"] !== undefined && !isForm) throw refused(400, "invalid_request_error");
}

const refused = (status: number, type: string, code?: string): Refused =>
  new Refused(failure(status, type, code));

/** Source: docs.stripe.com/api/errors */
export const failure = (status: number, type: string, code?: string): Reply => ({
  status,
  body: { error: { type, ...(code && { code }), message: "as the stand-in says" } },
});

const sessionOf = ({ id, url, reference, amount, currency, status, paymentId }: Session) => ({
  ...{ id, object: "checkout.session", url: status === "open" ? url : null, status, currency },
  client_reference_id: reference,
  amount_total: amount,
  payment_intent: paymentId ?? null,
  payment_status: status === "complete" ? "paid" : "unpaid",
});

const refundOf = ({ id, paymentId, amount, status, metadata }: Refund) => ({
  ...{ id, object: "refund", amount, status, metadata },
  payment_intent: paymentId,
  ...(status === "failed" && { failure_reason: "lost_or_stolen_card" }),
});

/** Source: docs.stripe.com/webhooks/signature */
function signed(event: { id: string; type: string; object: object }, apiUrl: string, at: number): Hook {
  const { id, type, object } = event;
  const body = JSON.stringify({
    ...{ id, object: "event", api_version: VERSION, created: at, type },
    data: { object },
  });
  const signature = createHmac("sha256", STRIPE_SIGNING_SECRET).update(`${at}.${body}`).digest("hex");
  return {
    url: `${apiUrl}/v1/webhooks/stripe`,
    headers: { "content-type": "application/json", "stripe-signature": `t=${at},v1=${signature}` },
    body,
  };
}
