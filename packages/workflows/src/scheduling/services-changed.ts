import type { Desk } from "../desk.ts";
import { events } from "../events.ts";
import { daysInLine, requestsFor } from "./fan-out.ts";

/**
 * Makes a calendar's slots anew when what it offers is new or different: the days that there are were made without.
 */
export const servicesChanged = ({ inngest, context }: Desk) =>
  inngest.createFunction(
    {
      id: "services-changed",
      triggers: [events["medical-service/created"], events["medical-service/updated"]],
      batchEvents: { maxSize: 50, timeout: "5s", key: "event.data.profileId" },
    },
    async ({ event, step, runId }) => {
      const { profileId } = event.data;
      const days = await step.run("days", () => daysInLine(context, profileId));
      for (const [index, group] of requestsFor([days], runId).entries()) {
        await step.sendEvent(`generate-${index}`, group);
      }
      return { days: days.dates.length };
    },
  );
