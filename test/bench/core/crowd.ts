import { Reservation } from "@turno/core/booking";
import { idFrom, nextDate, type Practice } from "@turno/core/platform";
import { doctorOf, type TestContext } from "@turno/core/testing";
import { IN_HOUR, patternOf } from "./copies.ts";
import { fill } from "./fill.ts";
import type { Row } from "./rows.ts";

/** Calendars of the clinic, the first of which is `own`. */
const CALENDARS = 50;
/** 09:00 to 13:00 in Mexico City. */
const HOURS = ["T15", "T16", "T17", "T18"] as const;
/** From here on the clinic is full; its own calendar is kept free for a week, to be measured in. */
const FIRST_DATE = "2026-03-03";
const OWN_FIRST_DATE = "2026-03-10";

/** The bookings of others in a clinic, and of the own calendar's later weeks. */
export interface Crowd {
  /** Fills the table up to so many bookings. */
  growTo(bookings: number, say: (line: string) => void): Promise<void>;
}

/**
 * A crowd of bookings: copies of hours that were booked through the verbs in the table `workshop`. Of five visits of an
 * hour one still waits for a decision, except in the own calendar, whose inbox stays as it is.
 */
export async function crowdAround(
  context: TestContext,
  workshop: TestContext,
  own: Practice,
): Promise<Crowd> {
  const busy = await patternOf(workshop, own, 1);
  const decided = await patternOf(workshop, own, 0);
  const others = Array.from({ length: CALENDARS - 1 }, () => idFrom("profile", context.newUlid()));
  let hours = 0;

  const placeOf = (index: number) => {
    const calendar = index % CALENDARS;
    const round = Math.floor(index / CALENDARS);
    const day = Math.floor(round / HOURS.length);
    const hour = HOURS[round % HOURS.length]!;
    return calendar === 0
      ? { pattern: decided, profileId: own.profileId, hour: nextDate(OWN_FIRST_DATE, day) + hour }
      : { pattern: busy, profileId: others[calendar - 1]!, hour: nextDate(FIRST_DATE, day) + hour };
  };

  return {
    async growTo(bookings, say) {
      const target = Math.ceil(bookings / IN_HOUR);
      function* rows(): Generator<Row> {
        for (; hours < target; hours++) {
          const { pattern, profileId, hour } = placeOf(hours);
          if (hours % 100 === 0) say(`filling, ${hours * IN_HOUR} of ${bookings} bookings`);
          yield* pattern.copy(profileId, hour);
        }
      }
      await fill(context, rows());
      await check(context, own);
    },
  };
}

/** Copies have to be bookings to whoever reads them. */
async function check(context: TestContext, own: Practice): Promise<void> {
  const dates = { from: OWN_FIRST_DATE, to: OWN_FIRST_DATE };
  const visits = await Reservation.agenda(context, doctorOf(own), own, dates);
  const [first] = visits;
  if (!first) throw new Error("the copies are not in the agenda");
  const { status, appointmentTime } = await Reservation.view(context, doctorOf(own), first.reservationId);
  if (status !== "confirmed" || !appointmentTime.startsWith(OWN_FIRST_DATE)) {
    throw new Error(`a copy is ${status} at ${appointmentTime}`);
  }
}
