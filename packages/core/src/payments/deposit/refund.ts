import type { Context } from "../../platform/index.ts";
import { type Provider, type Providers, Refused, TryLater } from "../payment/index.ts";
import { keyOf } from "./attempt.ts";
import { changed } from "./change.ts";
import { find } from "./deposit.store.ts";
import {
  givenBack,
  isPaid,
  type Refunding,
  type RefundNews,
  refundBegun,
  refundTold,
  refundUnclear,
} from "./deposit.ts";

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
  const due = givenBack(deposit, { price, refundAmount });
  if (deposit.status === "paid" && due === 0) return { outcome: "nothing-due" };
  const provider = providers(deposit.provider);
  if (!provider) throw new TryLater("unauthorized");
  const begun = await changed(context, reservationId, (stored) => refundBegun(stored, due));
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
