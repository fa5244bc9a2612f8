import { Reservation } from "@turno/core/booking";
import type { Context } from "@turno/core/platform";
import type { Desk } from "../desk.ts";
import { events } from "../events.ts";
import { countOnDay } from "./count.ts";

/** Counts no-shows, whoever marked them, on the day of the visit; one that is put right is taken off again. */
export const noShowCount = ({ inngest, context }: Desk) =>
  inngest.createFunction(
    {
      id: "no-show-count",
      triggers: [
        events["reservation/no-show"],
        { event: events["reservation/completed"], if: "event.data.wasNoShow == true" },
      ],
    },
    async ({ event, step }) => {
      const { reservationId } = event.data;
      const by = event.name === "reservation/no-show" ? 1 : -1;
      return step.run("count", () => count(context, reservationId, by));
    },
  );

async function count(context: Context, reservationId: string, by: 1 | -1) {
  const { status, start, noShowAt, organizationId } = await Reservation.get(context, reservationId);
  // It did not happen, whatever the event says.
  if (noShowAt === undefined || (by < 0 && status !== "completed")) return { counted: 0 };
  await countOnDay(context, {
    ...{ organizationId, metric: "reservations-no-show", at: start },
    occurrence: by > 0 ? reservationId : `${reservationId}:put-right`,
    by,
  });
  return { counted: by };
}
