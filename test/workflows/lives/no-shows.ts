import { Reservation } from "@turno/core/booking";
import { Counter } from "@turno/core/platform";
import { book, doctorOf, once } from "@turno/core/testing";
import { expect } from "vitest";
import type { Clinic } from "../clinic.ts";
import type { Life } from "./life.ts";

// The life begins on Monday, 2 March 2026, 09:00 in Mexico City. The visit is at 11:00 there, over at 11:20, and missed at
// 12:20: the sweep at 12:30 finds it.
const MONDAY = "2026-03-02";
const ELEVEN = "2026-03-02T17:00:00.000Z";
const TWENTY_PAST_TWELVE = "2026-03-02T18:20:00.000Z";

const counted = async ({ context, practice }: Clinic) => {
  const today = { from: MONDAY, to: MONDAY };
  return (await Counter.between(context, practice.organizationId, "reservations-no-show", today))[0]?.count;
};

export const visitThatIsMissed: Life = {
  name: "a visit that nobody ended becomes a no-show, and is put right",
  workflows: ["no-show-sweep", "no-show-count"],
  clinic: {
    days: { from: MONDAY, to: MONDAY },
    schedules: ["no-show-sweep"],
    policy: { reminderHours: [] },
  },
  async live(clinic) {
    const { context, practice, service, advance } = clinic;
    const { reservationId } = await book(context, practice, service, ELEVEN);
    await advance("10m");
    context.at(TWENTY_PAST_TWELVE);
    await advance("20m");
    expect(await Reservation.get(context, reservationId)).toMatchObject({ status: "no_show" });
    expect(await counted(clinic)).toBe(1);
    const operation = once(context);
    await Reservation.complete(context, doctorOf(practice), {}, { reservationId, operation });
    await advance("1h");
    expect(await Reservation.get(context, reservationId)).toMatchObject({ status: "completed" });
    expect(await counted(clinic)).toBe(0);
  },
};
