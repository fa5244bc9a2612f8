import { Reservation } from "@turno/core/booking";
import type { Context } from "@turno/core/platform";
import type { Desk } from "../desk.ts";
import { events } from "../events.ts";
import { Independent } from "../independent.ts";
import { sayToBoth } from "../message/index.ts";
import { giveBack } from "../payments/visit.ts";
import { countOnDay } from "./count.ts";

const id = "appointment-cancellation";

/**
 * Gives back what is due of the deposit, tells both sides that the visit was cancelled, and counts it. Its time was free
 * in the same write, and its reminders listen to the same event.
 */
export const appointmentCancellation = (desk: Desk) =>
  desk.inngest.createFunction(
    { id, triggers: events["reservation/cancelled"], concurrency: 5, retries: 2 },
    async ({ event, step }) => {
      const { reservationId } = event.data;
      const { status } = await step.run("look", () => statusOf(desk.context, reservationId));
      if (status !== "cancelled") return { status };
      const parts = new Independent();
      // First of all: a message may wait for the morning.
      const refund = await parts.outcomeOf(step.run("refund", () => refundOf(desk, reservationId)));
      await sayToBoth(step, desk, parts, {
        ...{ workflow: id, about: reservationId },
        ...{ patient: "appointment_cancelled", doctor: "appointment_cancelled_doctor" },
      });
      await parts.outcomeOf(step.run("count", () => count(desk.context, reservationId)));
      parts.end();
      return { status, refund: refund?.outcome };
    },
  );

async function statusOf(context: Context, reservationId: string) {
  const { status } = await Reservation.get(context, reservationId);
  return { status };
}

const refundOf = async (desk: Desk, reservationId: string) =>
  giveBack(desk, await Reservation.get(desk.context, reservationId));

async function count(context: Context, reservationId: string): Promise<void> {
  const { organizationId, endedAt } = await Reservation.get(context, reservationId);
  await countOnDay(context, {
    ...{ organizationId, metric: "reservations-cancelled" },
    ...{ at: endedAt!, occurrence: reservationId },
  });
}
