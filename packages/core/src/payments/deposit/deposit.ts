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

export interface Received {
  readonly paymentId: string;
  /** What came, in minor units. */
  readonly paid: number;
  readonly paidAt: Instant;
  /** What went back by other hands than ours, in minor units, and when that was heard of. */
  readonly byHand?: number;
  readonly byHandAt?: Instant;
}

export interface GivenBack {
  /** What the policy gives back, in minor units; where it is left out, all of it was ours to give. */
  readonly refundDue?: number;
  /** Minor units: what we give back of that, since the rest went back by hand. */
  readonly refundAmount: number;
  /** Each attempt is a refund of its own for the provider, under a key of its own; 0 where all went back by hand. */
  readonly refundAttempt: number;
  readonly refundId?: string;
  /** That of the attempt before, which failed: late news of it change nothing. */
  readonly failedRefundId?: string;
}

export type Unpaid = Asked & { readonly status: "requested" | "expired" };
export type Paid = Asked & Received & { readonly status: "paid" };
export type Refunding = Asked & Received & GivenBack & { readonly status: "refunding" };
export type Refunded = Asked &
  Received &
  GivenBack & { readonly status: "refunded"; readonly refundedAt: Instant };
export type RefundFailed = Asked &
  Received &
  GivenBack & { readonly status: "refund-failed"; readonly failedAt: Instant; readonly failure: string };

/** What a clinic asks for in advance of one visit, and what became of it. */
export type Deposit = Unpaid | PaidOnce;

/** One for which money came, whatever became of it. */
export type PaidOnce = Paid | Refunding | Refunded | RefundFailed;

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

export const isPaid = (deposit: Deposit): deposit is PaidOnce =>
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
  const { status, paid, byHand = 0 } = deposit;
  const refundAmount = byHand + (deposit.status === "paid" ? 0 : deposit.refundAmount);
  return {
    ...{ status, amount: paid, currency },
    ...((deposit.status !== "paid" || byHand > 0) && { refundAmount }),
  };
}
