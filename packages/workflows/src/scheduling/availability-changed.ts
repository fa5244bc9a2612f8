import { digestOf } from "@turno/core/platform";
import type { Desk } from "../desk.ts";
import { events } from "../events.ts";
import { say } from "../message/index.ts";
import { conflictsOn } from "./conflicts.ts";
import { daysInLine, requestsFor } from "./fan-out.ts";

const id = "availability-changed";

/**
 * Makes a calendar's slots anew on the days whose hours are others, also after its horizon where there are any, and tells
 * the doctor of visits that have no room in them any more: these stay.
 *
 * Somebody who edits a week changes several rules in a row: what comes within a few seconds is one change.
 */
export const availabilityChanged = (desk: Desk) =>
  desk.inngest.createFunction(
    {
      id,
      triggers: events["availability/changed"],
      batchEvents: { maxSize: 50, timeout: "5s", key: "event.data.profileId" },
    },
    async ({ events: changes, step, runId }) => {
      const { profileId } = changes[0].data;
      const dates = changes.map(({ data }) => ({ from: data.effectiveDate, to: data.effectiveUntil }));
      const days = await step.run("days", () => daysInLine(desk.context, profileId, dates));
      for (const [index, group] of requestsFor([days], runId).entries()) {
        await step.sendEvent(`generate-${index}`, group);
      }
      const conflicts = await step.run("conflicts", () => conflictsOn(desk, profileId, days.dates));
      if (conflicts.length > 0) {
        // Of the same visits once.
        const which = digestOf(conflicts.map(({ slotId }) => slotId).join());
        const template = "calendar_conflicts_doctor";
        await say(step, desk, "tell-conflicts", { workflow: id, template, about: profileId, which });
      }
      return { days: days.dates.length, conflicts: conflicts.length };
    },
  );
