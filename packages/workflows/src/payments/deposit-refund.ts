import { Deposit, Payment } from "@turno/core/payments";
import type { Context } from "@turno/core/platform";
import type { Desk } from "../desk.ts";
import { events } from "../events.ts";
import { byHandOf, say } from "../message/index.ts";
import { isRetry } from "../operations/retryable.ts";
import { giveBack, latestOf } from "./visit.ts";

const id = "deposit-refund";

/**
 * Tells the patient of a refund that the provider confirmed, ours and each that was made by hand.
 *
 * One that failed fails the run, however late that is heard, so that somebody sees it: when they repeat the run it is
 * begun anew, unless it was put right with the provider.
 */
export const depositRefund = (desk: Desk) =>
  desk.inngest.createFunction(
    { id, triggers: [events["payment/refunded"], events["payment/refund-failed"]] },
    async ({ event, step }) => {
      const { reservationId: about, amount, refundId } = event.data;
      if (event.name === "payment/refund-failed") {
        if (!isRetry(event)) return step.run("look", () => look(desk.context, about));
        return step.run("give-back", async () => giveBack(desk, await latestOf(desk.context, about)));
      }
      const byHand = "byHand" in event.data ? event.data.byHand : undefined;
      const which = byHand === undefined ? refundId : byHandOf(amount, byHand);
      return say(step, desk, "tell-patient", {
        ...{ workflow: id, template: "refund_sent", about },
        ...(which && { which }),
      });
    },
  );

/** How the deposit stands by now. Throws `Refused` while its refund has failed. */
async function look(context: Context, reservationId: string) {
  const deposit = await Deposit.find(context, reservationId);
  if (deposit?.status === "refund-failed") throw new Payment.Refused(deposit.failure);
  return { status: deposit?.status };
}
