import { Payment } from "@turno/core/payments";
import * as z from "zod";
import { type StripeAccount, stripeApi } from "./api.ts";
import { formOf } from "./form.ts";

export type { StripeAccount } from "./api.ts";

/**
 * Deposits by Stripe: a page of Checkout for each, and refunds of what was paid there.
 *
 * Stripe takes a second call with the same key for the first one, for a day at least.
 * Source: docs.stripe.com/api/checkout/sessions/create, /api/refunds/create, /api/refunds/list
 */
export function stripe(account: StripeAccount): Payment.Provider {
  const api = stripeApi(account);
  return {
    name: "stripe",
    async request({ idempotencyKey, reference, amount, currency, ...checkout }) {
      const answer = await api.post("/v1/checkout/sessions", idempotencyKey, {
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
      const { id, url } = read(Session, answer);
      return { checkoutId: id, url };
    },

    async refund({ idempotencyKey, reference, paymentId, amount, mayHaveBeenAsked }) {
      const earlier = mayHaveBeenAsked && (await find(paymentId, idempotencyKey));
      if (earlier) return earlier;
      try {
        const answer = await api.post("/v1/refunds", idempotencyKey, {
          payment_intent: paymentId,
          amount,
          metadata: { reservation: reference, key: idempotencyKey },
        });
        return refunded(read(Refund, answer));
      } catch (error) {
        // By hand: the money is where it belongs.
        if (error instanceof Payment.Refused && error.reason === "charge_already_refunded") {
          return { status: "succeeded" };
        }
        throw error;
      }
    },
  };

  /** The refund that was made under this key, which Stripe itself may have forgotten. */
  async function find(paymentId: string, key: string): Promise<Payment.Refunded | undefined> {
    const query = new URLSearchParams(formOf({ payment_intent: paymentId, limit: 100 }));
    const { data } = read(Refunds, await api.get(`/v1/refunds?${query}`));
    const found = data.find(({ metadata }) => metadata?.key === key);
    return found && refunded(found);
  }
}

const Session = z.object({ id: z.string().min(1), url: z.url() });

const Refund = z.object({
  id: z.string().min(1),
  status: z.string(),
  metadata: z.record(z.string(), z.string()).nullish(),
});
const Refunds = z.object({ data: z.array(Refund) });

const refunded = ({ id, status }: z.output<typeof Refund>): Payment.Refunded => ({
  refundId: id,
  status: statusOf(status),
});

/** A refund that needs its receiver's bank is on its way; one that was called off has failed. */
export function statusOf(status: string): Payment.Refunded["status"] {
  if (status === "succeeded") return "succeeded";
  return status === "failed" || status === "canceled" ? "failed" : "pending";
}

function read<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const { success, data } = schema.safeParse(body);
  if (!success) throw new Payment.TryLater("unreadable-answer");
  return data;
}
