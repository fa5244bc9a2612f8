import * as z from "zod";
import { Currency, type Instant, Instant as InstantSchema, plus } from "../../platform/schemas.ts";

export const DepositStatus = z.enum([
  "requested",
  "expired",
  "paid",
  "refunding",
  "refunded",
  "refund-failed",
]);
export type DepositStatus = z.infer<typeof DepositStatus>;

/** What was asked for. */
interface Asked {
  /** The visit as it was booked: a moved one names where it came from. */
  readonly reservationId: string;
  readonly organizationId: string;
  readonly profileId: string;
  readonly provider: string;
  /** Minor units. */
  readonly amount: number;
  readonly currency: string;
  readonly requestedAt: Instant;
  /** Until when it can be paid. */
  readonly expiresAt: Instant;
  /** Counts the calls for a page, where the first one failed for good: each has a key of its own. */
  readonly checkoutAttempt?: number;
  /** The provider's page, once there is one. */
  readonly checkoutId?: string;
  readonly url?: string;
  /** Counts the changes: each is made to what was read. */
  readonly version: number;
}

interface Received {
  readonly paymentId: string;
  /** What came, in minor units. */
  readonly paid: number;
  readonly paidAt: Instant;
}

interface GivenBack {
  /** Minor units. */
  readonly refundAmount: number;
  /** Each attempt is a refund of its own for the provider, under a key of its own. */
  readonly refundAttempt: number;
  readonly refundId?: string;
  /** That of the attempt before, which failed: late news of it change nothing. */
  readonly failedRefundId?: string;
}

export type Unpaid = Asked & { readonly status: "requested" | "expired" };
export type Paid = Asked & Received & { readonly status: "paid" };
export type Refunding = Asked & Received & GivenBack & { readonly status: "refunding" };
type Refunded = Asked & Received & GivenBack & { readonly status: "refunded"; readonly refundedAt: Instant };
type RefundFailed = Asked &
  Received &
  GivenBack & { readonly status: "refund-failed"; readonly failedAt: Instant; readonly failure: string };

/** What a clinic asks for in advance of one visit, and what became of it. */
export type Deposit = Unpaid | Paid | Refunding | Refunded | RefundFailed;

/** What a provider tells cannot be of this deposit: somebody has to look at it. */
export class Misfit extends Error {
  constructor(what: string) {
    super(what);
    this.name = "Misfit";
  }
}

/** A page lives for 24 hours at most, counted by the provider's clock. */
const LONGEST = { hours: 23 };
/** And for half an hour at least. */
const SHORTEST = { minutes: 40 };

/** Until when a deposit can be paid: for nearly a day, at most until the visit; `undefined` when that is too near. */
export function payableUntil(now: Instant, start: Instant): Instant | undefined {
  const latest = plus(now, LONGEST);
  const until = start < latest ? start : latest;
  return until >= plus(now, SHORTEST) ? until : undefined;
}

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

/** What goes back of a deposit under a policy, or went back already, in minor units: nothing where nothing was paid. */
export function givenBack(deposit: Deposit, policy: Omit<Policy, "paid">): number {
  if (!isPaid(deposit)) return 0;
  return deposit.status === "paid" ? refundDue({ ...policy, paid: deposit.paid }) : deposit.refundAmount;
}

export const isPaid = (deposit: Deposit): deposit is Exclude<Deposit, Unpaid> =>
  deposit.status !== "requested" && deposit.status !== "expired";

/** The page is there; what was paid on it meanwhile stays. */
export function withCheckout(
  deposit: Deposit,
  checkout: { readonly checkoutId: string; readonly url: string },
): Deposit | undefined {
  if (deposit.status !== "requested" || deposit.checkoutId !== undefined) return undefined;
  return { ...deposit, ...checkout };
}

/** Asked for anew, where nobody could pay before the time for it was nearly over. */
export function renewed(deposit: Deposit, now: Instant, start: Instant): Deposit | undefined {
  if (deposit.status !== "requested" || deposit.checkoutId !== undefined) return undefined;
  if (deposit.expiresAt >= plus(now, SHORTEST)) return undefined;
  const expiresAt = payableUntil(now, start);
  if (!expiresAt) return { ...deposit, status: "expired" };
  const { checkoutAttempt, ...rest } = deposit;
  return { ...rest, requestedAt: now, expiresAt };
}

/** The attempt `of` failed, as its key will for good: the next one has another key. `undefined` once that is known. */
export function checkoutFailed(
  deposit: Deposit,
  of: Pick<Asked, "requestedAt" | "checkoutAttempt">,
): Deposit | undefined {
  const { checkoutAttempt = 1 } = deposit;
  if (deposit.status !== "requested" || deposit.checkoutId !== undefined) return undefined;
  if (deposit.requestedAt !== of.requestedAt || checkoutAttempt !== (of.checkoutAttempt ?? 1))
    return undefined;
  return { ...deposit, checkoutAttempt: checkoutAttempt + 1 };
}

export interface Payment {
  readonly checkoutId: string;
  readonly paymentId: string;
  /** Minor units. */
  readonly amount: number;
  readonly currency: string;
  readonly at: Instant;
}

/** It was paid, also after its page was thought to have ended. `undefined` when this is known. Throws {@link Misfit}. */
export function received(
  deposit: Deposit,
  { paymentId, checkoutId, amount, currency, at }: Payment,
): Deposit | undefined {
  if (currency !== deposit.currency) throw new Misfit("a payment in another currency");
  if (!isPaid(deposit)) {
    return { ...deposit, status: "paid", checkoutId, paymentId, paid: amount, paidAt: at };
  }
  if (deposit.paymentId !== paymentId) throw new Misfit("a second payment of one deposit");
  return undefined;
}

/** Nobody paid on its page, which has ended. */
export function expired(deposit: Deposit, checkoutId: string): Deposit | undefined {
  if (deposit.status !== "requested") return undefined;
  // Another page of the same visit may be open.
  if (deposit.checkoutId !== undefined && deposit.checkoutId !== checkoutId) return undefined;
  return { ...deposit, status: "expired", checkoutId };
}

/** `amount` is to go back. A refund that failed is begun anew; one that is under way or done stays as it is. */
export function refundBegun(deposit: Deposit, amount: number): Deposit | undefined {
  switch (deposit.status) {
    case "paid":
      return { ...deposit, status: "refunding", refundAmount: amount, refundAttempt: 1 };
    case "refund-failed": {
      const { refundId: failedRefundId, failedAt, failure, refundAttempt, ...rest } = deposit;
      return {
        ...rest,
        status: "refunding",
        refundAttempt: refundAttempt + 1,
        ...(failedRefundId && { failedRefundId }),
      };
    }
    default:
      return undefined;
  }
}

/** The same of a refund, of which nobody knows yet whether it was made. */
export function refundUnclear(
  deposit: Deposit,
  { refundAttempt }: Pick<Refunding, "refundAttempt">,
): Deposit | undefined {
  if (deposit.status !== "refunding" || deposit.refundId !== undefined) return undefined;
  return deposit.refundAttempt === refundAttempt
    ? { ...deposit, refundAttempt: refundAttempt + 1 }
    : undefined;
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
  const known = deposit.status === "paid" ? { refundAttempt: 1, refundAmount: 0 } : deposit;
  if (isOld(deposit, news)) return undefined;
  const refundId = news.refundId ?? (deposit.status === "paid" ? undefined : deposit.refundId);
  const refundAmount = Math.min(news.amount ?? known.refundAmount, deposit.paid);
  const base = { ...deposit, ...known, refundAmount, ...(refundId && { refundId }) };
  switch (news.status) {
    case "pending":
      if (deposit.status !== "paid" && (deposit.status !== "refunding" || deposit.refundId)) return undefined;
      return { ...base, status: "refunding" };
    case "succeeded":
      if (deposit.status === "refunded") return undefined;
      return { ...base, status: "refunded", refundedAt: news.at };
    case "failed":
      return { ...base, status: "refund-failed", failedAt: news.at, failure: news.reason ?? "unknown" };
  }
}

/** News of a refund that another one has taken the place of, or that is settled. */
function isOld(
  deposit: Exclude<Deposit, Unpaid>,
  { refundId, attempt, isOfPayment, at }: RefundNews,
): boolean {
  if (deposit.status === "paid") return false;
  if (isOfPayment) {
    // Our own refund speaks for itself, and a payment counts it before it has arrived.
    return deposit.status === "refund-failed" ? at <= deposit.failedAt : true;
  }
  if (refundId === undefined) return attempt !== undefined && attempt !== deposit.refundAttempt;
  if (refundId === deposit.failedRefundId) return true;
  if (deposit.refundId === undefined) return false;
  return deposit.status === "refund-failed" ? refundId === deposit.refundId : refundId !== deposit.refundId;
}

/** A deposit as the patient and the care team see it. */
export const DepositView = z.object({
  status: DepositStatus,
  amount: z.int().meta({ description: "Minor units: what was asked for, and what was paid once it is" }),
  currency: Currency,
  url: z.url().optional().meta({ description: "Where it is paid, while it can be" }),
  expiresAt: InstantSchema.optional().meta({ description: "Until when it can be paid" }),
  refundAmount: z.int().optional().meta({ description: "Minor units: what goes back or went back" }),
});
export type DepositView = z.infer<typeof DepositView>;

export function viewOf(deposit: Deposit, now: Instant): DepositView {
  const { currency, url, expiresAt, amount } = deposit;
  if (!isPaid(deposit)) {
    const isOpen = deposit.status === "requested" && now < expiresAt;
    return {
      status: isOpen ? "requested" : "expired",
      ...{ amount, currency },
      ...(isOpen && { expiresAt, ...(url && { url }) }),
    };
  }
  const { status, paid } = deposit;
  return {
    ...{ status, amount: paid, currency },
    ...(deposit.status !== "paid" && { refundAmount: deposit.refundAmount }),
  };
}
