import type { Desk } from "../desk.ts";
import { events } from "../events.ts";
import { say } from "../message/index.ts";
import { giveBack, latestOf } from "./visit.ts";

const id = "deposit-paid";

/** Thanks for a deposit; one that came after the visit was cancelled goes back at once, as the policy says. */
export const depositPaid = (desk: Desk) =>
  desk.inngest.createFunction({ id, triggers: events["payment/deposit-paid"] }, async ({ event, step }) => {
    const { reservationId: about } = event.data;
    const { outcome } = await step.run("refund", async () =>
      giveBack(desk, await latestOf(desk.context, about)),
    );
    if (outcome === "kept") {
      await say(step, desk, "tell-patient", { workflow: id, template: "deposit_received", about });
    }
    return { outcome };
  });
