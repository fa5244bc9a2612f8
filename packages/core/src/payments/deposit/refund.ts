import type { Context } from "../../platform/index.ts";
import { type Provider, type Providers, Refused, TryLater } from "../payment/index.ts";
import { keyOf } from "./attempt.ts";
import { changed } from "./change.ts";
import { find } from "./deposit.store.ts";
import { type Deposit, isPaid, type PaidOnce, type Refunding } from "./deposit.ts";
import {
  givenBack,
  type RefundNews,
  refundBegun,
  refundDue,
  refundTold,
  refundUnclear,
} from "./refunding.ts";

interface Cancelled {
  /** The visit as it was booked first. */
  readonly reservationId: string;
  readonly price: number;
  /** What the policy that held gives back of the price. */
  readonly refundAmount: number;
}

/** `refunding` until the provider confirms it. */
type Outcome = "nothing-paid" | "nothing-due" | "refunding" | "refunded";

/**
 * Gives back what is due of a deposit, once: the row says so before the provider is asked, and a repetition goes on from
 * there. One that failed is tried again.
 *
 * A try has a key of its own only where the one before it was answered for good, so that its call is over; and then the
 * provider is to look for what it may have done all the same.
 *
 * Throws `TryLater`, and `Refused` when it failed for good, which the deposit then says.
 */
export async function refund(
  context: Context,
  providers: Providers,
  { reservationId, price, refundAmount }: Cancelled,
): Promise<{ outcome: Outcome }> {
  const deposit = await find(context, reservationId);
  if (!deposit || !isPaid(deposit)) return { outcome: "nothing-paid" };
  const isKept = deposit.status === "paid" && givenBack(deposit, { price, refundAmount }) === 0;
  if (isKept) return { outcome: "nothing-due" };
  const provider = providers(deposit.provider);
  if (!provider) throw new TryLater("unauthorized");
  const due = refundDue({ price, refundAmount, paid: deposit.paid });
  const begun = await beginning(context, provider, deposit, due);
  if (begun.status === "paid") return { outcome: "nothing-due" };
  if (begun.status === "refunded") return { outcome: "refunded" };
  if (begun.status !== "refunding" || begun.refundId) return { outcome: "refunding" };
  const mayHaveBeenAsked = deposit.status === "refunding" || begun.refundAttempt > 1;
  const news = await asked(context, provider, begun, mayHaveBeenAsked);
  const settled = await changed(context, reservationId, (stored) =>
    refundTold(stored, { ...news, attempt: begun.refundAttempt, at: context.now() }),
  );
  if (settled.status === "refund-failed") throw new Refused(settled.failure);
  return { outcome: settled.status === "refunded" ? "refunded" : "refunding" };
}

async function beginning(
  context: Context,
  provider: Provider,
  { reservationId, paymentId, status, version }: PaidOnce,
  due: number,
): Promise<Deposit> {
  const begins = status === "paid" || status === "refund-failed";
  // The news of what was done by hand may be on their way still.
  const sum = begins ? await provider.refundedByHand({ reference: reservationId, paymentId }) : 0;
  return changed(context, reservationId, (stored) => {
    const { byHand: heard = 0 } = isPaid(stored) ? stored : {};
    // Or they were faster than its answer.
    const byHand = stored.version === version ? sum : Math.max(sum, heard);
    return refundBegun(stored, due, { byHand, at: context.now() });
  });
}

async function asked(
  context: Context,
  provider: Provider,
  begun: Refunding,
  mayHaveBeenAsked: boolean,
): Promise<Pick<RefundNews, "refundId" | "status" | "reason">> {
  const { reservationId, paymentId, refundAmount: amount, refundAttempt } = begun;
  try {
    return await provider.refund({
      idempotencyKey: keyOf(`refund:${reservationId}`, refundAttempt),
      reference: reservationId,
      ...{ paymentId, amount, mayHaveBeenAsked },
    });
  } catch (error) {
    if (error instanceof Refused) return { status: "failed", reason: error.reason };
    if (error instanceof TryLater && error.isSaved) {
      await changed(context, reservationId, (stored) => refundUnclear(stored, begun));
    }
    throw error;
  }
}
