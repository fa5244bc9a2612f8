import type { Desk } from "../desk.ts";
import { events } from "../events.ts";
import { daysFrom, requestsFor } from "./fan-out.ts";

/**
 * Makes a calendar's slots anew from the day on which its hours are others.
 *
 * Somebody who edits a week changes several rules in a row: what comes within a few seconds is one change.
 */
export const availabilityChanged = ({ inngest, context }: Desk) =>
  inngest.createFunction(
    {
      id: "availability-changed",
      triggers: events["availability/changed"],
      batchEvents: { maxSize: 50, timeout: "5s", key: "event.data.profileId" },
    },
    async ({ events: changes, step, runId }) => {
      const { profileId } = changes[0].data;
      const [from] = changes.map(({ data }) => data.effectiveDate).sort();
      const days = await step.run("days", () => daysFrom(context, profileId, from));
      for (const [index, group] of requestsFor([days], runId).entries()) {
        await step.sendEvent(`generate-${index}`, group);
      }
      return { days: days.dates.length };
    },
  );
