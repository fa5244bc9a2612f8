import { Payment } from "../payments/index.ts";

/**
 * A provider that keeps what it is asked, takes a repeated key for the first one, and fails when told to: a failure that it
 * saves is what its key gets from then on.
 */
export interface Teller extends Payment.Provider {
  readonly checkouts: readonly Payment.Checkout[];
  readonly refunds: readonly Payment.Refund[];
  /** How often it was called, repetitions included. */
  readonly calls: number;
  /** The next call fails before anything is done. */
  failNext(error: Error): void;
  /** The next call does what it is asked, and its answer gets lost, or is a failure. */
  loseNextAnswer(error?: Payment.TryLater): void;
  /** Somebody gives this back without us, in minor units. */
  giveBackByHand(amount: number): void;
  /** The refunds made so far have failed after all. */
  comeBack(): void;
  /** What the next refunds are answered with; `pending` otherwise. */
  answerRefunds(status: Payment.Refunded["status"]): void;
}

export function teller(): Teller {
  const checkouts: Payment.Checkout[] = [];
  const refunds: Payment.Refund[] = [];
  const failures: Error[] = [];
  const saved = new Map<string, Error>();
  let calls = 0;
  const gone = new Set<Payment.Refund>();
  let byHand = 0;
  let loss: Payment.TryLater | undefined;
  let status: Payment.Refunded["status"] = "pending";
  function failed(key: string, error: Error): Error {
    const isSaved = error instanceof Payment.Refused || (error instanceof Payment.TryLater && error.isSaved);
    if (isSaved) saved.set(key, error);
    return error;
  }
  /** `earlier` is what an order that looks first may find. */
  function once<Order extends { idempotencyKey: string; reference: string }>(
    orders: Order[],
    order: Order,
    earlier: readonly Order[],
  ): number {
    calls++;
    const { idempotencyKey: key, reference } = order;
    const made = earlier.find((one) => one.reference === reference);
    if (made) return orders.indexOf(made) + 1;
    const failure = failures.shift();
    if (failure) throw failed(key, failure);
    const replayed = saved.get(key);
    if (replayed) throw replayed;
    const known = orders.findIndex(({ idempotencyKey }) => idempotencyKey === key);
    const index = known < 0 ? orders.push(order) - 1 : known;
    const lost = loss;
    loss = undefined;
    if (lost) throw failed(key, lost);
    return index + 1;
  }
  return {
    name: "stripe",
    checkouts,
    refunds,
    get calls() {
      return calls;
    },
    failNext(error) {
      failures.push(error);
    },
    loseNextAnswer(error = new Payment.TryLater("timeout")) {
      loss = error;
    },
    giveBackByHand(amount) {
      byHand += amount;
    },
    answerRefunds(given) {
      status = given;
    },
    comeBack() {
      for (const refund of refunds) gone.add(refund);
    },
    async request(checkout) {
      const earlier = checkout.mayHaveBeenAskedSince === undefined ? [] : checkouts;
      const checkoutId = `cs_${once(checkouts, checkout, earlier)}`;
      return { checkoutId, url: `https://pay.example/${checkoutId}` };
    },
    async refundedByHand() {
      return byHand;
    },
    async refund(refund) {
      const earlier = refund.mayHaveBeenAsked ? refunds.filter((one) => !gone.has(one)) : [];
      return { refundId: `re_${once(refunds, refund, earlier)}`, status };
    },
  };
}
