import type { Instant, Language } from "../../platform/schemas.ts";

/** A page on which somebody is to pay. */
export interface Checkout {
  /** The provider takes a second order with the same key for the first one. */
  readonly idempotencyKey: string;
  /** What the provider's news name the payment by: letters, digits and `_`. */
  readonly reference: string;
  /** Minor units. */
  readonly amount: number;
  readonly currency: string;
  /** For who pays and for their bank: it tells nothing of what somebody is treated for. */
  readonly description: string;
  readonly language: Language;
  /** Where the page leads afterwards. */
  readonly returnUrl: string;
  /** When the page ends. */
  readonly expiresAt: Instant;
  /** An earlier attempt, under another key, failed at this time or later: the provider is to look for its page first. */
  readonly mayHaveBeenAskedSince?: Instant;
}

/** Money that goes back the way it came. */
export interface Refund {
  readonly idempotencyKey: string;
  readonly reference: string;
  /** The provider's id of the payment. */
  readonly paymentId: string;
  /** Minor units; not more than was paid. */
  readonly amount: number;
  /** An earlier attempt ended unclear, under another key or longer ago than keys are known: the provider is to look first. */
  readonly mayHaveBeenAsked: boolean;
}

export interface Refunded {
  /** Not known where the payment had been refunded by hand. */
  readonly refundId?: string;
  readonly status: "pending" | "succeeded" | "failed";
}

/** A provider that takes payments. Throws {@link TryLater} and {@link Refused}, and nothing else that it can foresee. */
export interface Provider {
  readonly name: string;
  request(checkout: Checkout): Promise<{ readonly checkoutId: string; readonly url: string }>;
  refund(refund: Refund): Promise<Refunded>;
  /** What went back of a payment otherwise than by {@link refund}, in minor units. */
  refundedByHand(payment: Pick<Refund, "reference" | "paymentId">): Promise<number>;
}

/** The providers that this stage has accounts with, by name. */
export type Providers = (provider: string) => Provider | undefined;
