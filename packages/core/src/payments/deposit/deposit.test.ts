import { beforeEach, describe, expect, test } from "vitest";
import { idFrom } from "../../platform/index.ts";
import { type TestContext, testContext } from "../../testing/context.ts";
import { factsOf, rowsOf, toldEvents } from "../../testing/rows.ts";
import { type Teller, teller } from "../../testing/teller.ts";
import { Deposit, Payment } from "../index.ts";

// Monday, 2 March 2026, 09:00 in Mexico City is when tests begin.
const FRIDAY_9AM = "2026-03-06T15:00:00.000Z";

let context: TestContext;
let stripe: Teller;
let reservationId: string;

beforeEach(async () => {
  context = await testContext();
  stripe = teller();
  reservationId = idFrom("reservation", context.newUlid());
});

const providers = () => stripe;
const about = () => ({ provider: "stripe", reservationId });

const order = () => ({
  reservationId,
  organizationId: idFrom("organization", reservationId.slice(4)),
  profileId: idFrom("profile", reservationId.slice(4)),
  start: FRIDAY_9AM,
  provider: "stripe",
  amount: 12_000,
  currency: "MXN",
  description: "Anticipo: Clínica Roma",
  language: "es" as const,
  returnUrl: "https://clinic.example/paid",
});

const request = () => Deposit.request(context, providers, order());
const pay = (changes: Partial<Parameters<typeof Deposit.paid>[2]> = {}) =>
  Deposit.paid(context, about(), {
    ...{ checkoutId: "cs_1", paymentId: "pi_1", amount: 12_000, currency: "MXN", at: context.now() },
    ...changes,
  });
const refund = (refundAmount = 60_000) =>
  Deposit.refund(context, providers, { reservationId, price: 60_000, refundAmount });
const news = (changes: Partial<Parameters<typeof Deposit.refundSettled>[2]> = {}) =>
  Deposit.refundSettled(context, about(), {
    ...{ refundId: "re_1", status: "succeeded", amount: 12_000, at: context.now() },
    ...changes,
  });
/** A failure that the provider repeats to this key for good. */
const saved = () => new Payment.TryLater("busy", undefined, true);
const stored = () => Deposit.find(context, reservationId);

describe("asking for a deposit", () => {
  test("keeps the page on which it is paid, and tells of it", async () => {
    expect(await request()).toMatchObject({ status: "requested" });
    expect(await stored()).toMatchObject({
      ...{ status: "requested", amount: 12_000, checkoutId: "cs_1", url: "https://pay.example/cs_1" },
      expiresAt: "2026-03-03T14:00:00.000Z",
    });
    expect(await toldEvents(context)).toEqual(["payment/deposit-requested"]);
    expect(stripe.checkouts).toMatchObject([{ reference: reservationId, amount: 12_000 }]);
  });

  test("happens once, one after the other and at the same time", async () => {
    await Promise.all([request(), request(), request()]);
    await request();
    expect(stripe.checkouts).toHaveLength(1);
    expect(await toldEvents(context)).toEqual(["payment/deposit-requested"]);
    expect(await rowsOf(context, "deposit")).toHaveLength(1);
  });

  test("goes on with the same page when the provider's answer got lost", async () => {
    stripe.loseNextAnswer();
    await expect(request()).rejects.toThrow(Payment.TryLater);
    expect(await toldEvents(context)).toEqual([]);
    context.pass({ minutes: 5 });
    await request();
    expect(stripe.checkouts).toHaveLength(1);
    expect(await stored()).toMatchObject({ checkoutId: "cs_1" });
  });

  test("is begun anew when the provider was out of order for a day", async () => {
    stripe.failNext(new Payment.TryLater("unreachable"));
    await expect(request()).rejects.toThrow(Payment.TryLater);
    context.pass({ days: 2 });
    await request();
    expect(await stored()).toMatchObject({ expiresAt: "2026-03-05T14:00:00.000Z" });
    expect(stripe.checkouts).toMatchObject([{ expiresAt: "2026-03-05T14:00:00.000Z" }]);
  });

  test("goes on under another key where the first one gets the same failure for good", async () => {
    stripe.failNext(saved());
    await expect(request()).rejects.toThrow(Payment.TryLater);
    context.pass({ minutes: 5 });
    await request();
    expect(stripe.checkouts).toMatchObject([
      {
        idempotencyKey: `deposit:${reservationId}:2026-03-02T15:00:00.000Z:2`,
        mayHaveBeenAskedSince: "2026-03-02T15:00:00.000Z",
      },
    ]);
    expect(await stored()).toMatchObject({ checkoutId: "cs_1" });
  });

  test("finds the page that was made although the answer was a failure", async () => {
    stripe.loseNextAnswer(saved());
    await expect(request()).rejects.toThrow(Payment.TryLater);
    await request();
    expect(stripe.checkouts).toHaveLength(1);
    expect(await stored()).toMatchObject({ checkoutId: "cs_1" });
  });

  test("takes the next key once when two hear of one failure at the same time", async () => {
    stripe.failNext(saved());
    await Promise.allSettled([request(), request()]);
    await Promise.all([request(), request()]);
    expect(stripe.checkouts).toMatchObject([{ idempotencyKey: expect.stringMatching(/Z:2$/) as string }]);
  });

  test("is left alone when the visit is too near", async () => {
    context.at("2026-03-06T14:30:00.000Z");
    expect(await request()).toEqual({ status: "too-near" });
    expect(await stored()).toBeUndefined();
    expect(stripe.calls).toBe(0);
  });

  test("waits for an account with the provider, and opens nothing before", async () => {
    await expect(Deposit.request(context, () => undefined, order())).rejects.toThrow(Payment.TryLater);
    expect(await stored()).toBeUndefined();
  });

  test("that is refused stays without a page, and is asked for anew under another key", async () => {
    stripe.failNext(new Payment.Refused("amount_too_small"));
    await expect(request()).rejects.toThrow("amount_too_small");
    expect(await stored()).toMatchObject({ status: "requested" });
    expect(await toldEvents(context)).toEqual([]);
    await request();
    expect(await stored()).toMatchObject({ checkoutId: "cs_1" });
  });
});

describe("a payment", () => {
  test("is told once, however often it is heard of", async () => {
    await request();
    await Promise.all([pay(), pay()]);
    await pay();
    expect(await stored()).toMatchObject({ status: "paid", paid: 12_000, paymentId: "pi_1" });
    const [fact, ...others] = await factsOf(context, "payment/deposit-paid");
    expect(others).toEqual([]);
    expect(fact?.data).toMatchObject({ reservationId, amount: 12_000, paymentId: "pi_1" });
  });

  test("that is heard of before our own write of the page stays", async () => {
    stripe.loseNextAnswer();
    await expect(request()).rejects.toThrow(Payment.TryLater);
    await pay();
    expect(await request()).toMatchObject({ status: "paid" });
    expect(await stored()).toMatchObject({ status: "paid", checkoutId: "cs_1" });
    expect(await toldEvents(context)).toEqual(["payment/deposit-paid"]);
  });

  test("that makes no sense is somebody's to look at", async () => {
    await expect(pay()).rejects.toThrow(Deposit.Misfit);
    await request();
    await expect(pay({ currency: "USD" })).rejects.toThrow(Deposit.Misfit);
    await expect(Deposit.lapsed(context, { ...about(), provider: "other" }, "cs_1")).rejects.toThrow(
      Deposit.Misfit,
    );
    await pay();
    await expect(pay({ paymentId: "pi_2" })).rejects.toThrow(Deposit.Misfit);
    expect(await stored()).toMatchObject({ status: "paid", paymentId: "pi_1" });
  });

  test("may come after its page has ended", async () => {
    await request();
    expect(await Deposit.lapsed(context, about(), "cs_1")).toMatchObject({ status: "expired" });
    expect(await refund()).toEqual({ outcome: "nothing-paid" });
    await pay();
    expect(await stored()).toMatchObject({ status: "paid" });
  });
});

describe("a refund", () => {
  beforeEach(async () => {
    await request();
    await pay();
  });

  test("is the policy's share of what was really paid", async () => {
    expect(await refund(30_000)).toEqual({ outcome: "refunding" });
    expect(stripe.refunds).toMatchObject([
      {
        idempotencyKey: `refund:${reservationId}`,
        paymentId: "pi_1",
        amount: 6_000,
        mayHaveBeenAsked: false,
      },
    ]);
    expect(await stored()).toMatchObject({ status: "refunding", refundAmount: 6_000, refundId: "re_1" });
    await news({ amount: 6_000 });
    expect(await stored()).toMatchObject({ status: "refunded", refundAmount: 6_000 });
    const [fact, ...others] = await factsOf(context, "payment/refunded");
    expect(others).toEqual([]);
    expect(fact?.data).toMatchObject({ reservationId, amount: 6_000, refundId: "re_1" });
  });

  test("happens once, one after the other and at the same time", async () => {
    await Promise.all([refund(), refund(), refund()]);
    await refund();
    await news();
    await news();
    expect(await refund()).toEqual({ outcome: "refunded" });
    expect(stripe.refunds).toHaveLength(1);
    expect(await factsOf(context, "payment/refunded")).toHaveLength(1);
  });

  test("of nothing asks nobody", async () => {
    expect(await refund(0)).toEqual({ outcome: "nothing-due" });
    expect(await stored()).toMatchObject({ status: "paid" });
    expect(stripe.refunds).toEqual([]);
  });

  test("whose answer got lost is asked for again under the same key, with a word of warning", async () => {
    stripe.loseNextAnswer();
    await expect(refund()).rejects.toThrow(Payment.TryLater);
    expect(await stored()).toMatchObject({ status: "refunding" });
    expect(await refund()).toEqual({ outcome: "refunding" });
    expect(stripe.refunds).toHaveLength(1);
    expect(stripe.calls).toBe(3);
  });

  test("that fails under its key for good is asked for under the next one, after a look for the first", async () => {
    stripe.failNext(saved());
    await expect(refund()).rejects.toThrow(Payment.TryLater);
    stripe.failNext(saved());
    await expect(refund()).rejects.toThrow(Payment.TryLater);
    expect(await stored()).toMatchObject({ status: "refunding", refundAmount: 12_000 });
    expect(await refund()).toEqual({ outcome: "refunding" });
    expect(stripe.refunds).toMatchObject([
      { idempotencyKey: `refund:${reservationId}:3`, amount: 12_000, mayHaveBeenAsked: true },
    ]);
  });

  test("that was made although the answer was a failure is not made again", async () => {
    stripe.loseNextAnswer(saved());
    await expect(refund()).rejects.toThrow(Payment.TryLater);
    expect(await refund()).toEqual({ outcome: "refunding" });
    expect(stripe.refunds).toHaveLength(1);
    expect(await stored()).toMatchObject({ status: "refunding", refundId: "re_1" });
  });

  test("keeps its key where the provider never began, and takes the next one once for all who hear of a failure", async () => {
    stripe.failNext(new Payment.TryLater("busy"));
    await expect(refund()).rejects.toThrow(Payment.TryLater);
    stripe.failNext(saved());
    await Promise.allSettled([refund(), refund(), refund()]);
    await Promise.all([refund(), refund()]);
    expect(stripe.refunds).toMatchObject([{ idempotencyKey: `refund:${reservationId}:2` }]);
  });

  test("that is refused late does not end the try that has come after it", async () => {
    const asked = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<Payment.Refunded>();
    const slow = {
      ...stripe,
      refund: () => {
        asked.resolve();
        return answer.promise;
      },
    };
    const all = { reservationId, price: 60_000, refundAmount: 60_000 };
    const first = Deposit.refund(context, () => slow, all);
    await asked.promise;
    stripe.failNext(saved());
    await expect(refund()).rejects.toThrow(Payment.TryLater);
    await refund();
    answer.reject(new Payment.Refused("charge_disputed"));
    expect(await first).toEqual({ outcome: "refunding" });
    expect(await stored()).toMatchObject({ status: "refunding", refundId: "re_1" });
  });

  test("that the provider told of before its answer arrived is not asked for again", async () => {
    stripe.loseNextAnswer();
    await expect(refund()).rejects.toThrow(Payment.TryLater);
    await news();
    expect(await refund()).toEqual({ outcome: "refunded" });
    expect(stripe.calls).toBe(2);
  });

  test("that succeeds at once is told at once, and once", async () => {
    stripe.answerRefunds("succeeded");
    expect(await refund()).toEqual({ outcome: "refunded" });
    await news();
    expect(await factsOf(context, "payment/refunded")).toHaveLength(1);
  });

  test("that failed for good is seen, and can be tried again as another one", async () => {
    stripe.failNext(new Payment.Refused("charge_disputed"));
    await expect(refund()).rejects.toThrow("charge_disputed");
    expect(await stored()).toMatchObject({ status: "refund-failed", failure: "charge_disputed" });
    const [fact] = await factsOf(context, "payment/refund-failed");
    expect(fact?.data).toMatchObject({ reservationId, amount: 12_000, reason: "charge_disputed" });
    expect(await refund()).toEqual({ outcome: "refunding" });
    expect(stripe.refunds).toMatchObject([{ idempotencyKey: `refund:${reservationId}:2`, amount: 12_000 }]);
  });

  test("that comes back later is told as failed", async () => {
    await refund();
    await news({ status: "failed", reason: "lost_or_stolen_card" });
    expect(await stored()).toMatchObject({ status: "refund-failed", failure: "lost_or_stolen_card" });
    expect(await factsOf(context, "payment/refund-failed")).toHaveLength(1);
  });
});

describe("a refund by hand", () => {
  /** The clinic gives some back with the provider, which tells of it. */
  const giveByHand = async (amount: number, total = amount) => {
    stripe.giveBackByHand(amount);
    await counted(total);
  };
  const counted = (amount: number) => news({ refundId: undefined, isOfPayment: true, amount });

  beforeEach(async () => {
    await request();
    await pay();
  });

  test("leaves the rest to the policy, and each sum is told once", async () => {
    await giveByHand(500);
    await counted(500);
    await giveByHand(300, 800);
    await counted(500);
    expect(await stored()).toMatchObject({ status: "paid", byHand: 800 });
    expect(await factsOf(context, "payment/deposit-paid")).toHaveLength(1);
    expect(await refund(30_000)).toEqual({ outcome: "refunding" });
    expect(stripe.refunds).toMatchObject([{ amount: 5_200 }]);
    await counted(6_000);
    await news({ amount: 5_200 });
    expect(await stored()).toMatchObject({ status: "refunded", refundAmount: 5_200, byHand: 800 });
    const facts = await factsOf(context, "payment/refunded");
    expect(facts.map(({ data }) => [data.amount, data.byHand, data.refundId])).toEqual([
      [500, 500, undefined],
      [300, 800, undefined],
      [5_200, undefined, "re_1"],
    ]);
  });

  test("that nobody heard of yet is asked for before the policy's is made", async () => {
    stripe.giveBackByHand(500);
    await refund(30_000);
    expect(stripe.refunds).toMatchObject([{ amount: 5_500 }]);
    await counted(500);
    await counted(6_000);
    expect(await stored()).toMatchObject({ status: "refunding", refundAmount: 5_500, byHand: 500 });
    expect(await factsOf(context, "payment/refunded")).toHaveLength(1);
  });

  test("that is heard of while the provider is asked is not lost", async () => {
    const slow = {
      ...stripe,
      refundedByHand: async () => {
        await counted(500);
        return 0;
      },
    };
    const all = { reservationId, price: 60_000, refundAmount: 60_000 };
    await Deposit.refund(context, () => slow, all);
    expect(stripe.refunds).toMatchObject([{ amount: 11_500 }]);
  });

  test("that came back is given back after all", async () => {
    await counted(500);
    await refund();
    expect(stripe.refunds).toMatchObject([{ amount: 12_000 }]);
  });

  test("of what is due, or of more, leaves nothing to give back", async () => {
    await giveByHand(6_500);
    expect(await refund(30_000)).toEqual({ outcome: "nothing-due" });
    await giveByHand(5_500, 12_000);
    expect(await stored()).toMatchObject({ status: "refunded", byHand: 12_000, refundAmount: 0 });
    expect(await refund()).toEqual({ outcome: "refunded" });
    expect(stripe.refunds).toEqual([]);
  });

  test("of what is due that nobody heard of yet leaves nothing to give back", async () => {
    stripe.giveBackByHand(6_500);
    expect(await refund(30_000)).toEqual({ outcome: "nothing-due" });
    expect(await stored()).toMatchObject({ status: "paid", byHand: 6_500 });
    expect(stripe.refunds).toEqual([]);
  });

  test("is not taken off twice when the refund is tried again", async () => {
    await giveByHand(500);
    stripe.failNext(new Payment.Refused("charge_disputed"));
    await expect(refund()).rejects.toThrow("charge_disputed");
    await giveByHand(500, 1_000);
    await refund();
    expect(stripe.refunds).toMatchObject([{ idempotencyKey: `refund:${reservationId}:2`, amount: 11_000 }]);
  });

  test("ends one that failed when it gives back all that is due", async () => {
    stripe.failNext(new Payment.Refused("charge_disputed"));
    await expect(refund()).rejects.toThrow("charge_disputed");
    stripe.giveBackByHand(12_000);
    expect(await refund()).toEqual({ outcome: "refunded" });
    const [fact, ...others] = await factsOf(context, "payment/refunded");
    expect(others).toEqual([]);
    expect(fact?.data).toMatchObject({ amount: 12_000, byHand: 12_000 });
    expect(stripe.refunds).toEqual([]);
  });
});

test("no row and no event of a deposit names a person", async () => {
  await request();
  await pay();
  await refund();
  await news();
  const rows = JSON.stringify(await rowsOf(context, "deposit"));
  expect(rows).not.toMatch(/Luc|\+52/);
});
