import { createHmac } from "node:crypto";
import * as z from "zod";
import {
  BadSignature,
  EpochSeconds,
  isSame,
  jsonIn,
  type PaymentNews,
  reading,
  requireFresh,
  type Webhook,
} from "../webhook/index.ts";
import { statusOf } from "./send.ts";

export interface StripeSecrets {
  /** `whsec_…`, as text: it is no base64 here. */
  readonly signingSecret: string;
}

/**
 * What became of payments and refunds: JSON, signed with a time.
 *
 * Source: docs.stripe.com/webhooks/signature, docs.stripe.com/api/events/types
 */
export const stripeWebhook: Webhook<StripeSecrets, PaymentNews> = {
  name: "stripe",
  verify({ headers, body }, { signingSecret }, now) {
    const parts = (headers["stripe-signature"] ?? "").split(",").map((part) => part.trim().split("="));
    const timestamp = parts.find(([scheme]) => scheme === "t")?.[1];
    // Several while a secret is being changed. A scheme that is not known proves nothing.
    const given = parts.flatMap(([scheme, value]) => (scheme === "v1" && value ? [value] : []));
    if (!timestamp || given.length === 0) throw new BadSignature();
    const signed = Buffer.concat([Buffer.from(`${timestamp}.`), body]);
    const expected = createHmac("sha256", signingSecret).update(signed).digest("hex");
    if (!given.map((signature) => isSame(signature, expected)).includes(true)) throw new BadSignature();
    requireFresh(Number(timestamp) * 1000, now);
    const id = EventId.safeParse(jsonIn(body.toString("utf8"))).data?.id;
    return id === undefined ? {} : { id };
  },
  parse({ body }) {
    const event = jsonIn(body.toString("utf8"));
    const type = EventType.safeParse(event).data?.type;
    if (type !== undefined && !Object.hasOwn(events, type)) return [];
    return type === undefined
      ? reading(EventType, event, "event", () => [])
      : events[type as keyof typeof events](event);
  },
};

const EventId = z.object({ id: z.string().min(1) });
const EventType = z.object({ type: z.string() });

/** The id of a visit: whatever else the account is used for says nothing to us. */
const Reference = z.string().regex(/^res_[0-9A-Z]{26}$/);
const Metadata = z
  .object({ reservation: Reference.optional().catch(undefined), key: z.string().optional() })
  .nullish();

const eventOf = <Schema extends z.ZodType>(object: Schema) =>
  z.object({ created: EpochSeconds, data: z.object({ object }) });

const Session = eventOf(
  z.object({
    id: z.string().min(1),
    client_reference_id: Reference.nullish().catch(undefined),
    payment_status: z.string(),
    payment_intent: z.string().min(1).nullish(),
    amount_total: z.int().min(0).nullish(),
    currency: z
      .string()
      .transform((code) => code.toUpperCase())
      .nullish(),
  }),
);

const Refund = eventOf(
  z.object({
    id: z.string().min(1),
    status: z.string(),
    amount: z.int().min(0),
    failure_reason: z
      .string()
      .regex(/^[a-z_]{1,80}$/)
      .nullish()
      .catch(undefined),
    metadata: Metadata,
  }),
);

const Charge = eventOf(z.object({ amount_refunded: z.int().min(0), metadata: Metadata }));

const paid = (event: unknown): PaymentNews[] =>
  reading(Session, event, "session", ({ created: at, data: { object } }): PaymentNews[] => {
    const { client_reference_id: reference, id: checkoutId, payment_intent: paymentId } = object;
    const { payment_status, amount_total: amount, currency } = object;
    // Not paid yet: a voucher, say, that somebody takes to a shop. Then another event follows.
    if (!reference || payment_status !== "paid") return [];
    if (!paymentId || typeof amount !== "number" || !currency) {
      return [{ kind: "broken", reason: "session: paid, and does not say what" }];
    }
    return [{ kind: "paid", reference, checkoutId, paymentId, amount, currency, at }];
  });

const ended = (event: unknown): PaymentNews[] =>
  reading(Session, event, "session", ({ data: { object } }): PaymentNews[] => {
    const { client_reference_id: reference, id: checkoutId } = object;
    return reference ? [{ kind: "expired", reference, checkoutId }] : [];
  });

const refunded = (event: unknown): PaymentNews[] =>
  reading(Refund, event, "refund", ({ created: at, data: { object } }): PaymentNews[] => {
    const { id: refundId, status, amount, failure_reason: reason, metadata } = object;
    const reference = metadata?.reservation;
    // What was made by hand has no key of ours, and is told of by its charge.
    if (!reference || !metadata.key) return [];
    const told = { refundId, status: statusOf(status), amount, ...(reason && { reason }), at };
    return [{ kind: "refund", reference, ...told }];
  });

/** Also what was refunded by hand, which does not name the visit itself. */
const chargeRefunded = (event: unknown): PaymentNews[] =>
  reading(Charge, event, "charge", ({ created: at, data: { object } }): PaymentNews[] => {
    const reference = object.metadata?.reservation;
    if (!reference) return [];
    return [{ kind: "refund", reference, status: "succeeded", amount: object.amount_refunded, at }];
  });

const events = {
  "checkout.session.completed": paid,
  "checkout.session.async_payment_succeeded": paid,
  "checkout.session.expired": ended,
  "refund.created": refunded,
  "refund.updated": refunded,
  "refund.failed": refunded,
  "charge.refunded": chargeRefunded,
};
