import { type Context, NotFound } from "../../platform/index.ts";
import { changed } from "./change.ts";
import { type Deposit, expired, Misfit, type Payment, received } from "./deposit.ts";
import { type RefundNews, refundTold } from "./refunding.ts";

/** Which deposit a provider speaks of. */
interface About {
  readonly provider: string;
  /** As it was given to the provider: the id of the visit. */
  readonly reservationId: string;
}

/** A deposit was paid. Throws {@link Misfit}. */
export const paid = (context: Context, about: About, payment: Payment): Promise<Deposit> =>
  told(context, about, (deposit) => received(deposit, payment));

/** The page on which a deposit was to be paid has ended. Throws {@link Misfit}. */
export const lapsed = (context: Context, about: About, checkoutId: string): Promise<Deposit> =>
  told(context, about, (deposit) => expired(deposit, checkoutId));

/** What became of a refund, whoever made it. Throws {@link Misfit}. */
export const refundSettled = (context: Context, about: About, news: RefundNews): Promise<Deposit> =>
  told(context, about, (deposit) => refundTold(deposit, news));

/** What a provider tells may come before our own write of what it answered, and is of our own deposits alone. */
async function told(
  context: Context,
  { provider, reservationId }: About,
  decide: (deposit: Deposit) => Deposit | undefined,
): Promise<Deposit> {
  try {
    return await changed(context, reservationId, (deposit) => {
      if (deposit.provider !== provider) throw new Misfit("a deposit of another provider");
      return decide(deposit);
    });
  } catch (error) {
    if (error instanceof NotFound) throw new Misfit("a deposit that nobody asked for");
    throw error;
  }
}
