import { Payment } from "../payments/index.ts";

/** A provider that keeps what it is asked, takes a repeated key for the first one, and fails when told to. */
export interface Teller extends Payment.Provider {
  readonly checkouts: readonly Payment.Checkout[];
  readonly refunds: readonly Payment.Refund[];
  /** How often it was called, repetitions included. */
  readonly calls: number;
  /** The next call fails before anything is done. */
  failNext(error: Error): void;
  /** The next call does what it is asked, and its answer gets lost. */
  loseNextAnswer(): void;
  /** What the next refunds are answered with; `pending` otherwise. */
  answerRefunds(status: Payment.Refunded["status"]): void;
}

export function teller(): Teller {
  const checkouts: Payment.Checkout[] = [];
  const refunds: Payment.Refund[] = [];
  const failures: Error[] = [];
  let calls = 0;
  let loses = false;
  let status: Payment.Refunded["status"] = "pending";
  function once<Order extends { idempotencyKey: string }>(orders: Order[], order: Order): number {
    calls++;
    const failure = failures.shift();
    if (failure) throw failure;
    const known = orders.findIndex(({ idempotencyKey }) => idempotencyKey === order.idempotencyKey);
    const index = known < 0 ? orders.push(order) - 1 : known;
    if (loses) {
      loses = false;
      throw new Payment.TryLater("timeout");
    }
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
    loseNextAnswer() {
      loses = true;
    },
    answerRefunds(given) {
      status = given;
    },
    async request(checkout) {
      const checkoutId = `cs_${once(checkouts, checkout)}`;
      return { checkoutId, url: `https://pay.example/${checkoutId}` };
    },
    async refund(refund) {
      return { refundId: `re_${once(refunds, refund)}`, status };
    },
  };
}
