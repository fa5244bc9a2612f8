import { Deposit } from "@turno/core/payments";
import type { Context } from "@turno/core/platform";
import type { PaymentNews, Webhook } from "@turno/providers/webhooks";
import { park } from "./park.ts";
import type { Receiver } from "./receiver.ts";

/** Takes what a provider of payments tells: what was paid, and what went back. */
export const paymentsOf = <Secrets>(
  webhook: Webhook<Secrets, PaymentNews>,
  { secrets }: { readonly secrets: Secrets },
): Receiver => ({
  verify: (request, { context }) => webhook.verify(request, secrets, context.now()),
  async take(request, office) {
    const misfits: string[] = [];
    for (const news of webhook.parse(request)) {
      const misfit = await takeOne(office.context, webhook.name, news);
      if (misfit) misfits.push(misfit);
    }
    if (misfits.length > 0) await park(office, webhook.name, misfits, request.body);
  },
});

/** Does what one part says. Returns why it makes no sense here, where it does not. */
async function takeOne(context: Context, provider: string, news: PaymentNews): Promise<string | undefined> {
  if (news.kind === "broken") return news.reason;
  const about = { provider, reservationId: news.reference };
  try {
    switch (news.kind) {
      case "paid":
        await Deposit.paid(context, about, news);
        break;
      case "expired":
        await Deposit.lapsed(context, about, news.checkoutId);
        break;
      case "refund":
        await Deposit.refundSettled(context, about, { ...news, isOfPayment: news.refundId === undefined });
        break;
    }
    return undefined;
  } catch (error) {
    if (error instanceof Deposit.Misfit) return error.message;
    throw error;
  }
}
