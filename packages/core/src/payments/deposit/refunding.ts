import type { Instant } from "../../platform/schemas.ts";
import {
  type Deposit,
  type GivenBack,
  isPaid,
  Misfit,
  type Paid,
  type PaidOnce,
  type Received,
  type RefundFailed,
  type Refunding,
} from "./deposit.ts";

interface Policy {
  readonly price: number;
  /** Of the price, what the policy gives back. */
  readonly refundAmount: number;
  /** What really came. */
  readonly paid: number;
}

/**
 * What goes back of a deposit: the share of it that the policy gives back of the price, in minor units, rounded down, and
 * never more than was paid.
 */
export function refundDue({ price, refundAmount, paid }: Policy): number {
  if (price <= 0 || refundAmount <= 0) return 0;
  if (refundAmount >= price) return paid;
  // The product of two large amounts is no safe integer.
  return Number((BigInt(paid) * BigInt(refundAmount)) / BigInt(price));
}

/**
 * What we give back of a deposit under a policy, or gave back already, in minor units: nothing where nothing was paid, and
 * not what went back by hand.
 */
export function givenBack(deposit: Deposit, policy: Omit<Policy, "paid">): number {
  if (!isPaid(deposit)) return 0;
  if (deposit.status !== "paid") return deposit.refundAmount;
  return lessByHand(refundDue({ ...policy, paid: deposit.paid }), deposit.byHand);
}

const lessByHand = (due: number, byHand = 0): number => Math.max(0, due - byHand);

/** What went back by hand, in minor units, as is known by now. */
interface ByHand {
  readonly byHand: number;
  readonly at: Instant;
}

/**
 * `due` is to go back, less what went back by hand. A refund that failed is begun anew, of what was due then; one that is
 * under way or done stays as it is.
 */
export function refundBegun(deposit: Deposit, due: number, { byHand, at }: ByHand): Deposit | undefined {
  switch (deposit.status) {
    case "paid": {
      const known = withByHand(deposit, byHand, at);
      const refundAmount = lessByHand(due, known.byHand);
      if (refundAmount === 0) return known === deposit ? undefined : settledByHand(known, at);
      return { ...known, status: "refunding", refundDue: due, refundAmount, refundAttempt: 1 };
    }
    case "refund-failed": {
      const known = withByHand(deposit, byHand, at);
      const refundAmount = lessByHand(dueOf(known), known.byHand);
      if (refundAmount === 0) return settledByHand(known, at);
      const { refundId: failedRefundId, failedAt, failure, refundAttempt, ...rest } = known;
      return {
        ...{ ...rest, status: "refunding", refundDue: dueOf(known), refundAmount },
        refundAttempt: refundAttempt + 1,
        ...(failedRefundId && { failedRefundId }),
      };
    }
    default:
      return undefined;
  }
}

/**
 * The attempt failed, as its key will for good, and nobody knows yet whether it gave something back: the next one has
 * another key. `undefined` once that is known.
 */
export function refundUnclear(
  deposit: Deposit,
  { refundAttempt }: Pick<Refunding, "refundAttempt">,
): Deposit | undefined {
  if (deposit.status !== "refunding" || deposit.refundId !== undefined) return undefined;
  return deposit.refundAttempt === refundAttempt
    ? { ...deposit, refundAttempt: refundAttempt + 1 }
    : undefined;
}

const dueOf = ({ refundDue, refundAmount }: GivenBack): number => refundDue ?? refundAmount;

function withByHand<Known extends Received>(deposit: Known, sum: number, at: Instant): Known {
  const { byHand: known = 0, paid } = deposit;
  const byHand = Math.min(sum, paid);
  return byHand === known ? deposit : { ...deposit, byHand, byHandAt: at };
}

/** Whether nothing is left for us to give back. */
function settledByHand(deposit: Paid | RefundFailed, refundedAt: Instant): Deposit {
  const { byHand = 0 } = deposit;
  const settled = { status: "refunded", refundAmount: 0, refundedAt } as const;
  if (deposit.status === "paid") {
    return byHand < deposit.paid ? deposit : { ...deposit, ...settled, refundAttempt: 0 };
  }
  const { failedAt, failure, refundId, ...rest } = deposit;
  if (byHand < dueOf(deposit)) return deposit;
  return { ...rest, ...settled, ...(refundId && { failedRefundId: refundId }) };
}

/** What a provider says of a refund. */
export interface RefundNews {
  readonly refundId?: string;
  /** Which attempt of ours was answered so. */
  readonly attempt?: number;
  /** Set where it speaks of all that went back of a payment, by whichever refund. */
  readonly isOfPayment?: boolean;
  readonly status: "pending" | "succeeded" | "failed";
  /** Minor units. */
  readonly amount?: number;
  /** The provider's word for why it failed. */
  readonly reason?: string;
  readonly at: Instant;
}

/**
 * What became of a refund: news may come twice, late, in any order, and of refunds that somebody made by hand. A refund
 * that succeeded can still come back; one that failed stays failed. `undefined` when nothing changes. Throws {@link Misfit}.
 */
export function refundTold(deposit: Deposit, news: RefundNews): Deposit | undefined {
  if (!isPaid(deposit)) throw new Misfit("a refund of a deposit that was not paid");
  if (news.isOfPayment) return paymentTold(deposit, news);
  // Ours begin here: another one that names the visit was made by hand, and its payment counts it.
  if (deposit.status === "paid" || deposit.refundAttempt === 0 || isOld(deposit, news)) return undefined;
  const refundId = news.refundId ?? deposit.refundId;
  const refundAmount = Math.min(news.amount ?? deposit.refundAmount, deposit.paid);
  const base = { ...deposit, refundAmount, ...(refundId && { refundId }) };
  switch (news.status) {
    case "pending":
      if (deposit.status !== "refunding" || deposit.refundId) return undefined;
      return { ...base, status: "refunding" };
    case "succeeded":
      if (deposit.status === "refunded") return undefined;
      return { ...base, status: "refunded", refundedAt: news.at };
    case "failed":
      return { ...base, status: "refund-failed", failedAt: news.at, failure: news.reason ?? "unknown" };
  }
}

/**
 * What a payment counts beside our own refund went back by hand: that much at least, since news of before ours do not count
 * it yet. The greatest sum holds, in whatever order they come.
 */
function paymentTold(deposit: PaidOnce, { amount = 0, at }: RefundNews): Deposit | undefined {
  const { byHand = 0 } = deposit;
  const known = withByHand(deposit, Math.max(byHand, amount - countedOf(deposit, at)), at);
  if (known === deposit) return undefined;
  return known.status === "paid" || known.status === "refund-failed" ? settledByHand(known, at) : known;
}

/** What of a payment's count is our own refund: not one that was refused, nor one that has come back. */
function countedOf(deposit: PaidOnce, at: Instant): number {
  if (deposit.status === "paid") return 0;
  if (deposit.status !== "refund-failed") return deposit.refundAmount;
  return deposit.refundId === undefined || at > deposit.failedAt ? 0 : deposit.refundAmount;
}

/** News of a refund that another one has taken the place of, or that is settled. */
function isOld(deposit: Exclude<PaidOnce, Paid>, { refundId, attempt }: RefundNews): boolean {
  if (refundId === undefined) return attempt !== undefined && attempt !== deposit.refundAttempt;
  if (refundId === deposit.failedRefundId) return true;
  if (deposit.refundId === undefined) return false;
  return deposit.status === "refund-failed" ? refundId === deposit.refundId : refundId !== deposit.refundId;
}
