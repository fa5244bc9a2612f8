import { Deposit } from "@turno/core/payments";
import type { Context } from "@turno/core/platform";
import type { PaymentNews, Webhook } from "@turno/providers/webhooks";
import { type Receiver, receiverOf } from "./receiver.ts";

/** Takes what a provider of payments tells: what was paid, and what went back. */
export const paymentsOf = <Secrets>(
  webhook: Webhook<Secrets, PaymentNews>,
  { secrets }: { readonly secrets: Secrets },
): Receiver =>
  receiverOf(webhook, secrets, {
    takeOne: (context, news) => takeOne(context, webhook.name, news),
    aboutOf: (news) => (news.kind === "broken" ? news.kind : news.reference),
  });

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
