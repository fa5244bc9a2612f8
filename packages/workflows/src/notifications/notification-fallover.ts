import { Delivery } from "@turno/core/notifications";
import type { Context } from "@turno/core/platform";
import type { Desk } from "../desk.ts";
import { events } from "../events.ts";
import { deliver, isLetter } from "../message/index.ts";

/**
 * Takes the next channel for a message that did not arrive by the last one.
 *
 * The letter is written anew, so that nothing is said of a visit that was cancelled since; when there is nothing to say
 * any more the message is abandoned.
 */
export const notificationFallover = (desk: Desk) =>
  desk.inngest.createFunction(
    {
      id: "notification-fallover",
      triggers: { event: events["notification/failed"], if: "event.data.isFinal == false" },
    },
    async ({ event, step }) => {
      const { notificationId, about, appointmentId } = event.data;
      const named = { notificationId, about, ...(appointmentId && { appointmentId }) };
      const waiting = await step.run("look", () => waitingMessage(desk.context, named));
      if (!waiting) return { status: "settled" };
      const said = await deliver(step, desk, "send", waiting);
      if (said.status === "moot") await step.run("abandon", () => Delivery.abandon(desk.context, named));
      return said;
    },
  );

/** What is to be said again: `undefined` when it went out, failed for good, or is of a template that has no letters. */
async function waitingMessage(context: Context, named: Delivery.Named) {
  const message = await Delivery.pending(context, named);
  if (!message || !isLetter(message.template)) return undefined;
  const { template, about, occasion } = message;
  return { template, about, occasion };
}
