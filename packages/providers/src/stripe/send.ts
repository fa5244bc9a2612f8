import { Payment } from "@turno/core/payments";
import * as z from "zod";
import { type StripeAccount, stripeApi } from "./api.ts";

export type { StripeAccount } from "./api.ts";

/**
 * Deposits by Stripe: a page of Checkout for each, and refunds of what was paid there.
 *
 * Stripe takes a second call with the same key for the first one, for a day at least. What may have been made under
 * another key is looked for in its lists, which know of it at once; its search learns of it later.
 *
 * Source: docs.stripe.com/api/checkout/sessions/create, /api/checkout/sessions/list, /api/refunds/create, /api/refunds/list
 */
export function stripe(account: StripeAccount): Payment.Provider {
  const api = stripeApi(account);
  return {
    name: "stripe",
    async request({ idempotencyKey, reference, amount, currency, ...checkout }) {
      const { mayHaveBeenAskedSince: since } = checkout;
      const earlier = since && (await pageOf(reference, since));
      if (earlier) return earlier;
      const { id, url } = await api.post(Session, "/v1/checkout/sessions", idempotencyKey, {
        mode: "payment",
        client_reference_id: reference,
        line_items: [
          {
            quantity: 1,
            price_data: {
              currency: currency.toLowerCase(),
              unit_amount: amount,
              product_data: { name: checkout.description },
            },
          },
        ],
        metadata: { reservation: reference },
        // A charge takes them over, so that what is refunded by hand says what it is of.
        payment_intent_data: { metadata: { reservation: reference } },
        success_url: checkout.returnUrl,
        locale: checkout.language,
        expires_at: Math.floor(Date.parse(checkout.expiresAt) / 1000),
      });
      return { checkoutId: id, url };
    },

    async refund({ idempotencyKey, reference, paymentId, amount, mayHaveBeenAsked }) {
      const earlier = mayHaveBeenAsked && (await refundOf(paymentId, reference, idempotencyKey));
      if (earlier) return earlier;
      try {
        const made = await api.post(Refund, "/v1/refunds", idempotencyKey, {
          payment_intent: paymentId,
          amount,
          metadata: { reservation: reference, key: idempotencyKey },
        });
        return refunded(made);
      } catch (error) {
        // By hand: the money is where it belongs.
        if (error instanceof Payment.Refused && error.reason === "charge_already_refunded") {
          return { status: "succeeded" };
        }
        throw error;
      }
    },

    async refundedByHand({ paymentId, reference }) {
      const others = (await refundsOf(paymentId)).filter(
        (made) => !isOurs(made, reference) && statusOf(made.status) !== "failed",
      );
      return others.reduce((sum, { amount }) => sum + amount, 0);
    },
  };

  /** The page that was made for this visit since then, and that nobody heard of. */
  async function pageOf(reference: string, since: string) {
    const created = { gte: Math.floor(Date.parse(since) / 1000) - CLOCKS_DIFFER_SECONDS };
    for (let after = {}; ; ) {
      const page = { status: "open", created, limit: 100, ...after };
      const { data, has_more } = await api.get(Sessions, "/v1/checkout/sessions", page);
      const found = data.find(({ client_reference_id }) => client_reference_id === reference);
      if (found?.url) return { checkoutId: found.id, url: found.url };
      const last = data.at(-1);
      if (!has_more || !last) return undefined;
      after = { starting_after: last.id };
    }
  }

  /** The refund that was made under this key, which Stripe may have forgotten, or under another one of ours and stands. */
  async function refundOf(
    paymentId: string,
    reference: string,
    key: string,
  ): Promise<Payment.Refunded | undefined> {
    const ours = (await refundsOf(paymentId)).filter((made) => isOurs(made, reference));
    const found =
      ours.find(({ metadata }) => metadata?.key === key) ??
      ours.find(({ status }) => statusOf(status) !== "failed");
    return found && refunded(found);
  }

  async function refundsOf(paymentId: string) {
    const { data } = await api.get(Refunds, "/v1/refunds", { payment_intent: paymentId, limit: 100 });
    return data;
  }
}

const CLOCKS_DIFFER_SECONDS = 5 * 60;

const Session = z.object({ id: z.string().min(1), url: z.url() });

/** The account may be used for pages of other kinds too. */
const Sessions = z.object({
  data: z.array(
    z.object({
      id: z.string().min(1),
      url: z.url().nullish(),
      client_reference_id: z.string().nullish(),
    }),
  ),
  has_more: z.boolean(),
});

const Refund = z.object({
  id: z.string().min(1),
  status: z.string(),
  amount: z.int().min(0),
  metadata: z.record(z.string(), z.string()).nullish(),
});
const Refunds = z.object({ data: z.array(Refund) });

/** What is made by hand may name the visit too, and never our key. */
const isOurs = ({ metadata }: z.output<typeof Refund>, reference: string): boolean =>
  metadata?.reservation === reference && metadata.key !== undefined;

const refunded = ({ id, status }: z.output<typeof Refund>): Payment.Refunded => ({
  refundId: id,
  status: statusOf(status),
});

/** A refund that needs its receiver's bank is on its way; one that was called off has failed. */
export function statusOf(status: string): Payment.Refunded["status"] {
  if (status === "succeeded") return "succeeded";
  return status === "failed" || status === "canceled" ? "failed" : "pending";
}
