import type { ChannelName, Instant } from "@turno/core/platform";

/** A call of a provider, as it came. */
export interface WebhookRequest {
  readonly method: string;
  /** The whole address that was called, with its query. */
  readonly url: string;
  /** By lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** To the byte as it was sent: signatures cover it. */
  readonly body: Buffer;
}

/** What became of a message of ours. */
export interface Receipt {
  readonly kind: "receipt";
  readonly providerMessageId: string;
  /** As it was given when the message was sent, where the provider repeats it. */
  readonly reference?: string;
  /** `taken`: the provider has it, and nobody knows yet whether it arrives. */
  readonly status: "taken" | "delivered" | "failed";
  readonly reason?: "refused" | "wrong-number" | "opted-out";
  /** When it happened, where the provider says so. */
  readonly at?: Instant;
}

/** What somebody wrote to a clinic. */
export interface Message {
  readonly kind: "message";
  readonly providerMessageId: string;
  readonly channel: ChannelName;
  /** In E.164. */
  readonly from: string;
  /** Every name of the number that it was sent to: one of them is a clinic's sender. */
  readonly to: readonly string[];
  readonly text: string;
  /** What else came with it or in its place, such as `audio`. */
  readonly attachment?: string;
  /** What its provider calls the file that came with it. */
  readonly media?: { readonly id: string; readonly fileName?: string };
  /** The provider's id of the message of ours that it answers. */
  readonly answers?: string;
  readonly at?: Instant;
}

/** A list of notifications asks whether it may send here; whoever opens the address says yes. */
export interface Subscription {
  readonly kind: "subscription";
  readonly url: string;
}

/** A part that is not as the provider's documentation says. */
export interface Broken {
  readonly kind: "broken";
  /** What is wrong, without what was said. */
  readonly reason: string;
}

/** A deposit was paid on its page. */
export interface PaymentPaid {
  readonly kind: "paid";
  /** As it was given when the page was asked for. */
  readonly reference: string;
  readonly checkoutId: string;
  readonly paymentId: string;
  /** Minor units. */
  readonly amount: number;
  readonly currency: string;
  readonly at: Instant;
}

/** The page ended, and nobody paid. */
export interface CheckoutExpired {
  readonly kind: "expired";
  readonly reference: string;
  readonly checkoutId: string;
}

/** What became of a refund. */
export interface RefundTold {
  readonly kind: "refund";
  readonly reference: string;
  /** Left out where it speaks of all that went back of a payment. */
  readonly refundId?: string;
  readonly status: "pending" | "succeeded" | "failed";
  /** Minor units. */
  readonly amount: number;
  readonly reason?: string;
  readonly at: Instant;
}

export type PaymentNews = PaymentPaid | CheckoutExpired | RefundTold | Broken;

export type Incoming = Receipt | Message | Subscription | Broken;

/** What a signature vouches for. */
export interface Verified {
  /** The provider's id of the call, the same when it is sent again, where it signs one. */
  readonly id?: string;
}

/** One provider's calls: whether they are its own, and what they say. */
export interface Webhook<Secrets, Told = Incoming> {
  readonly name: string;
  /** Throws {@link BadSignature} and {@link StaleTimestamp}. */
  verify(request: WebhookRequest, secrets: Secrets, now: Instant): Verified | Promise<Verified>;
  /** Of a call that was verified. Never throws: what makes no sense is {@link Broken}. */
  parse(request: WebhookRequest): Told[];
}

/** The call is not the provider's, or was changed on its way. */
export class BadSignature extends Error {
  override readonly name = "BadSignature";

  constructor() {
    super("The signature is not the provider's.");
  }
}

/** The call was signed too long ago, or in the future: somebody may have kept it. */
export class StaleTimestamp extends Error {
  override readonly name = "StaleTimestamp";

  constructor() {
    super("The signature is too old.");
  }
}
