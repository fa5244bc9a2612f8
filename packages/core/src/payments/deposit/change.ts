import { type Actor, type Context, commit, lastWins, Outbox, type Write } from "../../platform/index.ts";
import { get, replace } from "./deposit.store.ts";
import { type Deposit, isPaid, type PaidOnce } from "./deposit.ts";

const system: Actor = { kind: "system" };

/**
 * Loads, decides, commits, and tells of it; decides anew when somebody was faster. Answers the deposit as it stands then.
 *
 * Throws `not-found`, `busy`, and what `decide` throws.
 */
export const changed = (
  context: Context,
  reservationId: string,
  decide: (deposit: Deposit) => Deposit | undefined,
): Promise<Deposit> =>
  lastWins(undefined, async () => {
    const before = await get(context, reservationId);
    const after = decide(before);
    if (!after) return before;
    await commit(context, [replace(before, after), ...told(context, before, after)]);
    return after;
  });

function told(context: Context, before: Deposit, after: Deposit): Write[] {
  const { organizationId, reservationId, profileId, currency, provider } = after;
  const fact = { organizationId, about: reservationId };
  const base = { reservationId, profileId, currency, provider };
  const isSame = before.status === after.status;
  const byHand = isPaid(before) && isPaid(after) ? toldByHand(before, after) : undefined;
  if (byHand) {
    return [
      Outbox.tell(context, system, {
        ...fact,
        events: ["payment/refunded"],
        data: { ...base, ...byHand },
      }),
    ];
  }
  switch (after.status) {
    case "requested": {
      const { amount, checkoutId, expiresAt } = after;
      if (checkoutId === undefined || before.checkoutId === checkoutId) return [];
      return [
        Outbox.tell(context, system, {
          ...fact,
          events: ["payment/deposit-requested"],
          data: { ...base, amount, checkoutId, expiresAt },
        }),
      ];
    }
    case "paid": {
      if (isSame) return [];
      const { paid: amount, paymentId, paidAt } = after;
      return [
        Outbox.tell(context, system, {
          ...fact,
          events: ["payment/deposit-paid"],
          data: { ...base, amount, paymentId, paidAt },
        }),
      ];
    }
    case "refunded": {
      if (isSame) return [];
      const { refundAmount: amount, paymentId, refundId, refundedAt } = after;
      return [
        Outbox.tell(context, system, {
          ...fact,
          events: ["payment/refunded"],
          data: { ...base, amount, paymentId, refundId, refundedAt },
        }),
      ];
    }
    case "refund-failed": {
      if (isSame) return [];
      const { refundAmount: amount, paymentId, refundId, failedAt, failure: reason } = after;
      return [
        Outbox.tell(context, system, {
          ...fact,
          events: ["payment/refund-failed"],
          data: { ...base, amount, paymentId, refundId, reason, failedAt },
        }),
      ];
    }
    default:
      return [];
  }
}

/** What more went back by hand; where that ended the matter, nothing else is to be told of it. */
function toldByHand(before: PaidOnce, { byHand = 0, byHandAt, paymentId, paidAt }: PaidOnce) {
  const { byHand: known = 0 } = before;
  return byHand > known
    ? { amount: byHand - known, byHand, paymentId, refundedAt: byHandAt ?? paidAt }
    : undefined;
}
