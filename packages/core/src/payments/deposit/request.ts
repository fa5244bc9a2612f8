import { type Context, commit, type Language } from "../../platform/index.ts";
import { type Providers, Refused, TryLater } from "../payment/index.ts";
import { keyOf } from "./attempt.ts";
import { changed } from "./change.ts";
import { find, insert } from "./deposit.store.ts";
import {
  checkoutFailed,
  type Deposit,
  type DepositStatus,
  payableUntil,
  renewed,
  withCheckout,
} from "./deposit.ts";

/** What is to be paid for a visit, and how it is put to who pays. */
interface Order {
  readonly reservationId: string;
  readonly organizationId: string;
  readonly profileId: string;
  /** Of the visit. */
  readonly start: string;
  readonly provider: string;
  /** Minor units; above 0. */
  readonly amount: number;
  readonly currency: string;
  readonly description: string;
  readonly language: Language;
  readonly returnUrl: string;
}

/** Somebody was faster. */
class AlreadyOpen extends Error {}

/**
 * Asks for a deposit, once for a visit: the row comes before the provider's page, and a repetition finds both.
 *
 * `too-near` when the visit begins before anybody could pay. Throws `TryLater`, `Refused`.
 */
export async function request(
  context: Context,
  providers: Providers,
  order: Order,
): Promise<{ status: DepositStatus | "too-near" }> {
  const provider = providers(order.provider);
  // Nobody owes anything until the stage has an account.
  if (!provider) throw new TryLater("unauthorized");
  const { reservationId, description, language, returnUrl } = order;
  const deposit = await opened(context, order);
  if (!deposit) return { status: "too-near" };
  const { status, checkoutId, amount, currency, requestedAt, checkoutAttempt = 1, expiresAt } = deposit;
  if (status !== "requested" || checkoutId !== undefined) return { status };
  try {
    const checkout = await provider.request({
      // Asked for anew it is another page.
      idempotencyKey: keyOf(`deposit:${reservationId}:${requestedAt}`, checkoutAttempt),
      reference: reservationId,
      ...{ amount, currency, description, language, returnUrl, expiresAt },
      ...(checkoutAttempt > 1 && { mayHaveBeenAskedSince: requestedAt }),
    });
    return await changed(context, reservationId, (stored) => withCheckout(stored, checkout));
  } catch (error) {
    if (error instanceof Refused || (error instanceof TryLater && error.isSaved)) {
      await changed(context, reservationId, (stored) => checkoutFailed(stored, deposit));
    }
    throw error;
  }
}

async function opened(context: Context, order: Order): Promise<Deposit | undefined> {
  const { reservationId, organizationId, profileId, provider, amount, currency, start } = order;
  const now = context.now();
  if (!(await find(context, reservationId))) {
    const expiresAt = payableUntil(now, start);
    if (!expiresAt) return undefined;
    try {
      const base = { reservationId, organizationId, profileId, provider, amount, currency };
      const deposit: Deposit = { ...base, status: "requested", requestedAt: now, expiresAt, version: 1 };
      await commit(context, [insert(deposit, new AlreadyOpen())]);
      return deposit;
    } catch (error) {
      if (!(error instanceof AlreadyOpen)) throw error;
    }
  }
  return changed(context, reservationId, (stored) => renewed(stored, now, start));
}
