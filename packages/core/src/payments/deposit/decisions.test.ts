import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Deposit,
  expired,
  Misfit,
  payableUntil,
  received,
  renewed,
  viewOf,
  withCheckout,
} from "./deposit.ts";
import { givenBack, refundBegun, refundDue, refundTold } from "./refunding.ts";

const NOW = "2026-03-02T15:00:00.000Z";
const LATER = "2026-03-02T16:00:00.000Z";

const asked: Deposit = {
  status: "requested",
  reservationId: "res_01JDWXR3M8Q6V9T2KZB4N7HC5E",
  organizationId: "org_01JDWXR3M8Q6V9T2KZB4N7HC5E",
  profileId: "prf_01JDWXR3M8Q6V9T2KZB4N7HC5E",
  provider: "stripe",
  amount: 12_000,
  currency: "MXN",
  requestedAt: NOW,
  expiresAt: "2026-03-03T14:00:00.000Z",
  version: 1,
};
const payment = { checkoutId: "cs_1", paymentId: "pi_1", amount: 12_000, currency: "MXN", at: NOW };
const paid = received(asked, payment)!;
const refunding = refundBegun(paid, 12_000, { byHand: 0, at: NOW })!;
const told = (deposit: Deposit, news: Partial<Parameters<typeof refundTold>[1]>) =>
  refundTold(deposit, { status: "succeeded", at: LATER, ...news });

/** All that went back of the payment, as the payment itself says. */
const counted = (deposit: Deposit, amount: number, at = LATER) =>
  told(deposit, { isOfPayment: true, amount, at });

describe("what goes back of a deposit", () => {
  const half = { price: 60_000, refundAmount: 30_000 };
  const back = told(refunding, { refundId: "re_1", amount: 5_000 })!;
  test.each([
    ["was not paid", asked, 0],
    ["was paid", paid, 6_000],
    ["went back in part by hand", counted(paid, 500)!, 5_500],
    ["went back by hand, and more than is due", counted(paid, 7_000)!, 0],
    ["went back by hand, all of it", counted(paid, 12_000)!, 0],
    ["is on its way back", refunding, 12_000],
    ["went back in part", back, 5_000],
    ["cannot go back", told(refunding, { status: "failed", refundId: "re_1" })!, 12_000],
  ])("that %s is what is named", (_, deposit, amount) => {
    expect(givenBack(deposit, half)).toBe(amount);
  });

  test.each([
    [{ price: 60_000, refundAmount: 60_000, paid: 12_000 }, 12_000],
    [{ price: 60_000, refundAmount: 30_000, paid: 12_000 }, 6_000],
    [{ price: 60_000, refundAmount: 0, paid: 12_000 }, 0],
    [{ price: 3, refundAmount: 2, paid: 100 }, 66],
    // The price was changed to less after the booking, or by hand to nothing.
    [{ price: 0, refundAmount: 0, paid: 12_000 }, 0],
    [{ price: 100, refundAmount: 200, paid: 50 }, 50],
    [{ price: 100_000_000, refundAmount: 99_999_999, paid: 100_000_000 }, 99_999_999],
  ])("of %j is %i", (policy, due) => {
    expect(refundDue(policy)).toBe(due);
  });

  test("is a whole number, never more than was paid, and the policy's share to less than a cent", async () => {
    const amount = fc.integer({ min: 0, max: 100_000_000 });
    const policy = fc.tuple(fc.integer({ min: 1, max: 100_000_000 }), amount, amount);
    await fc.assert(
      fc.property(policy, ([price, refundAmount, came]) => {
        const due = refundDue({ price, refundAmount, paid: came });
        expect(Number.isSafeInteger(due) && due >= 0 && due <= came).toBe(true);
        const share = (came * Math.min(refundAmount, price)) / price;
        expect(due <= share + 1e-6 && due > share - 1 - 1e-6).toBe(true);
      }),
    );
  });
});

describe("a deposit can be paid", () => {
  test("for nearly a day, at most until the visit, and not at all just before it", () => {
    expect(payableUntil(NOW, "2026-03-09T15:00:00.000Z")).toBe("2026-03-03T14:00:00.000Z");
    expect(payableUntil(NOW, LATER)).toBe(LATER);
    expect(payableUntil(NOW, "2026-03-02T15:40:00.000Z")).toBe("2026-03-02T15:40:00.000Z");
    expect(payableUntil(NOW, "2026-03-02T15:39:00.000Z")).toBeUndefined();
  });

  test("on one page, which is asked for anew only where it never came about", () => {
    const open = withCheckout(asked, { checkoutId: "cs_1", url: "https://pay.example/1" })!;
    expect(open).toMatchObject({ status: "requested", checkoutId: "cs_1" });
    expect(withCheckout(open, { checkoutId: "cs_2", url: "https://pay.example/2" })).toBeUndefined();
    expect(withCheckout(paid, { checkoutId: "cs_1", url: "https://pay.example/1" })).toBeUndefined();
    const start = "2026-03-09T15:00:00.000Z";
    expect(renewed(asked, LATER, start)).toBeUndefined();
    expect(renewed(open, "2026-03-04T15:00:00.000Z", start)).toBeUndefined();
    expect(renewed(asked, "2026-03-04T15:00:00.000Z", start)).toMatchObject({
      requestedAt: "2026-03-04T15:00:00.000Z",
      expiresAt: "2026-03-05T14:00:00.000Z",
    });
    expect(renewed(asked, start, start)).toMatchObject({ status: "expired" });
  });

  test("once", () => {
    expect(paid).toMatchObject({ status: "paid", paid: 12_000, paymentId: "pi_1" });
    expect(received(paid, payment)).toBeUndefined();
    expect(received(refunding, payment)).toBeUndefined();
    expect(() => received(paid, { ...payment, paymentId: "pi_2" })).toThrow(Misfit);
    expect(() => received(asked, { ...payment, currency: "USD" })).toThrow(Misfit);
  });

  test("also when its page was thought to have ended", () => {
    const ended = expired(asked, "cs_1")!;
    expect(ended.status).toBe("expired");
    expect(received(ended, payment)).toMatchObject({ status: "paid" });
    expect(expired(paid, "cs_1")).toBeUndefined();
    expect(expired({ ...asked, checkoutId: "cs_2" }, "cs_1")).toBeUndefined();
  });
});

describe("a refund", () => {
  test("is begun once, and again only when it failed", () => {
    expect(refunding).toMatchObject({ status: "refunding", refundAmount: 12_000, refundAttempt: 1 });
    expect(refundBegun(refunding, 12_000, { byHand: 0, at: LATER })).toBeUndefined();
    expect(refundBegun(asked, 12_000, { byHand: 0, at: LATER })).toBeUndefined();
    const failed = told(refunding, { refundId: "re_1", status: "failed", reason: "lost_or_stolen_card" })!;
    expect(failed).toMatchObject({ status: "refund-failed", failure: "lost_or_stolen_card" });
    const again = refundBegun(failed, 1, { byHand: 0, at: LATER })!;
    // What was to go back does not change with a second look at the policy.
    expect(again).toMatchObject({ status: "refunding", refundAmount: 12_000, refundAttempt: 2 });
    expect(again).not.toHaveProperty("refundId");
  });

  test("that was accepted is done when the provider says so, once", () => {
    const accepted = told(refunding, { refundId: "re_1", status: "pending" })!;
    expect(accepted).toMatchObject({ status: "refunding", refundId: "re_1" });
    expect(told(accepted, { refundId: "re_1", status: "pending" })).toBeUndefined();
    const done = told(accepted, { refundId: "re_1", amount: 12_000 })!;
    expect(done).toMatchObject({ status: "refunded", refundAmount: 12_000, refundedAt: LATER });
    expect(told(done, { refundId: "re_1" })).toBeUndefined();
    expect(told(done, { refundId: "re_1", status: "pending" })).toBeUndefined();
    expect(told(done, {})).toBeUndefined();
  });

  test("can come back after it was done, and stays failed then", () => {
    const done = told(refunding, { refundId: "re_1" })!;
    const failed = told(done, { refundId: "re_1", status: "failed" })!;
    expect(failed).toMatchObject({ status: "refund-failed", failure: "unknown" });
    expect(told(failed, { refundId: "re_1" })).toBeUndefined();
    expect(told(failed, { refundId: "re_1", status: "pending" })).toBeUndefined();
  });

  test("that is tried again hears nothing of the first attempt", () => {
    const failed = told(refunding, { refundId: "re_1", status: "failed" })!;
    const again = refundBegun(failed, 12_000, { byHand: 0, at: LATER })!;
    expect(told(again, { refundId: "re_1", status: "failed" })).toBeUndefined();
    expect(told(again, { refundId: "re_2" })).toMatchObject({ status: "refunded", refundId: "re_2" });
  });

  test("by hand is kept apart, and takes nothing away but what it gave back", () => {
    const some = counted(paid, 500)!;
    expect(some).toMatchObject({ status: "paid", byHand: 500, byHandAt: LATER });
    expect(refundBegun(some, 12_000, { byHand: 500, at: LATER })).toMatchObject({
      ...{ status: "refunding", refundDue: 12_000, refundAmount: 11_500, byHand: 500 },
    });
    // What the provider says when it is asked holds.
    expect(refundBegun(some, 12_000, { byHand: 700, at: LATER })).toMatchObject({ refundAmount: 11_300 });
    expect(refundBegun(some, 12_000, { byHand: 0, at: LATER })).toMatchObject({ refundAmount: 12_000 });
    expect(refundBegun(some, 400, { byHand: 500, at: LATER })).toBeUndefined();
    expect(refundBegun(paid, 400, { byHand: 500, at: LATER })).toMatchObject({ status: "paid", byHand: 500 });
  });

  test("by hand is heard of twice and in any order", () => {
    const some = counted(paid, 500)!;
    expect(counted(some, 500)).toBeUndefined();
    const more = counted(some, 800, "2026-03-03T15:00:00.000Z")!;
    expect(more).toMatchObject({ status: "paid", byHand: 800 });
    expect(counted(more, 500)).toBeUndefined();
    const all = counted(more, 99_999)!;
    expect(all).toMatchObject({ status: "refunded", byHand: 12_000, refundAmount: 0 });
    expect(refundBegun(all, 12_000, { byHand: 12_000, at: LATER })).toBeUndefined();
    expect(counted(all, 12_000)).toBeUndefined();
  });

  test("by hand that names the visit is heard of by its payment, which counts it with the others", () => {
    for (const status of ["pending", "succeeded", "failed"] as const) {
      expect(told(paid, { refundId: "re_9", status, amount: 500 })).toBeUndefined();
      expect(told(counted(paid, 12_000)!, { refundId: "re_9", status, amount: 12_000 })).toBeUndefined();
    }
  });

  test("that is under way is not done because the payment counts it, nor taken for one by hand", () => {
    const half = refundBegun(paid, 6_000, { byHand: 0, at: NOW })!;
    expect(counted(half, 6_000)).toBeUndefined();
    // By hand, told late: whether ours is counted in it cannot be known.
    expect(counted(half, 500)).toBeUndefined();
    expect(counted(half, 6_500)).toMatchObject({ status: "refunding", refundAmount: 6_000, byHand: 500 });
    const done = told(half, { refundId: "re_1" })!;
    expect(counted(done, 6_000)).toBeUndefined();
    expect(counted(done, 6_500)).toMatchObject({ status: "refunded", refundAmount: 6_000, byHand: 500 });
  });

  test("that failed is begun anew for what was not given back by hand meanwhile", () => {
    const failed = told(refunding, { refundId: "re_1", status: "failed" })!;
    // Its own, counted before it failed.
    expect(counted(failed, 12_000)).toBeUndefined();
    const some = counted(failed, 5_000, "2026-03-03T15:00:00.000Z")!;
    expect(some).toMatchObject({ status: "refund-failed", byHand: 5_000 });
    expect(refundBegun(some, 12_000, { byHand: 5_000, at: LATER })).toMatchObject({
      refundDue: 12_000,
      refundAmount: 7_000,
    });
    const settled = { status: "refunded", refundAmount: 0, byHand: 12_000 };
    expect(counted(some, 12_000, "2026-03-03T16:00:00.000Z")).toMatchObject(settled);
    const begun = refundBegun(failed, 12_000, { byHand: 12_000, at: LATER });
    expect(begun).toMatchObject(settled);
    expect(begun).not.toHaveProperty("failure");
  });

  test("that was refused is no part of what the payment counts", () => {
    const refused = told(refunding, { status: "failed", at: "2026-03-03T15:00:00.000Z" })!;
    expect(counted(refused, 500)).toMatchObject({ status: "refund-failed", byHand: 500 });
  });

  test("is never noted as more than was paid, nor of what was not paid", () => {
    expect(told(refunding, { amount: 99_999 })).toMatchObject({ refundAmount: 12_000 });
    expect(() => told(asked, {})).toThrow(Misfit);
  });
});

test("who looks at a deposit sees the way to pay it while there is one, and then what was paid", () => {
  const open = withCheckout(asked, { checkoutId: "cs_1", url: "https://pay.example/1" })!;
  const expiresAt = "2026-03-03T14:00:00.000Z";
  expect(viewOf(open, NOW)).toEqual({
    ...{ status: "requested", amount: 12_000, currency: "MXN", url: "https://pay.example/1", expiresAt },
  });
  expect(viewOf(open, expiresAt)).toEqual({ status: "expired", amount: 12_000, currency: "MXN" });
  expect(viewOf(paid, NOW)).toEqual({ status: "paid", amount: 12_000, currency: "MXN" });
  expect(viewOf(refunding, NOW)).toMatchObject({ status: "refunding", refundAmount: 12_000 });
  const some = counted(paid, 500)!;
  expect(viewOf(some, NOW)).toMatchObject({ status: "paid", refundAmount: 500 });
  const rest = refundBegun(some, 6_000, { byHand: 500, at: NOW })!;
  expect(viewOf(rest, NOW)).toMatchObject({ status: "refunding", refundAmount: 6_000 });
});
