import type { Desk } from "../desk.ts";
import { events } from "../events.ts";
import { say } from "../message/index.ts";

const id = "request-decision";

/**
 * Tells the patient what a doctor decided, where nothing else does: what was changed, or why it was turned down and
 * which times are free. An approval as asked for is told by the confirmation of the booking alone.
 */
export const requestDecision = (desk: Desk) =>
  desk.inngest.createFunction(
    { id, triggers: [events["reservation/approved"], events["reservation/rejected"]] },
    async ({ event, step }) => {
      const { requestId: about } = event.data;
      return event.name === "reservation/rejected"
        ? say(step, desk, "tell-rejected", { workflow: id, template: "request_rejected", about })
        : say(step, desk, "tell-changed", { workflow: id, template: "request_changed", about });
    },
  );
