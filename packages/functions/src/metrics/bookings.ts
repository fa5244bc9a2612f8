import type { RouteId } from "@turno/contract";
import type { Piece } from "../pipeline/exchange.ts";
import { failureOf } from "../pipeline/problem.ts";
import type { Runtime } from "../runtime.ts";

const BOOKING: readonly string[] = ["createRequest", "createReservation"] satisfies RouteId[];

/** Counts what is booked, and who came too late. */
export const bookings = ({ measure }: Runtime): Piece => ({
  after: ({ event }) => {
    if (BOOKING.includes(event.exchange.route?.id ?? "")) measure?.({ Bookings: 1 });
  },
  onError: ({ error }) => {
    if (failureOf(error) === "slot-taken") measure?.({ Conflicts: 1 });
  },
});
