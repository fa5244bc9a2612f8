import { Reservation } from "@turno/core/booking";
import { book, doctorOf } from "@turno/core/testing";
import { expect } from "vitest";
import type { Life } from "./life.ts";

// The life begins on Monday, 2 March 2026, 09:00 in Mexico City, where a clinic is scanned at 05:00, 11:00 UTC.
const MONDAY_23_9AM = "2026-03-23T15:00:00.000Z";

const LUCIA = "+525587654321";

/** Each reminder falls due five days after a scan has found it. */
const stops = [
  ...["2026-03-03T11:01:00.000Z", "2026-03-15T11:01:00.000Z", "2026-03-17T11:01:00.000Z"],
  ...["2026-03-18T11:01:00.000Z", "2026-03-20T15:00:00.000Z", "2026-03-22T15:00:00.000Z"],
  ...["2026-03-23T13:00:00.000Z", MONDAY_23_9AM],
];

export const visitWeeksAhead: Life = {
  name: "a visit three weeks ahead is found by the scan each time that a reminder comes near",
  workflows: ["appointment-reminders", "reminder-scan", "due-reminders"],
  clinic: { days: { from: "2026-03-23", to: "2026-03-24" }, schedules: ["reminder-scan"] },
  async live({ context, practice, service, advance, told }) {
    const { reservationId } = await book(context, practice, service, MONDAY_23_9AM);
    await advance("10m");
    for (const stop of stops) {
      // A tick that nobody ran is made up for by the next, so that the ticks between need not be waited for.
      context.at(stop);
      await advance("10m");
    }
    expect(told(LUCIA)).toEqual([
      ...["appointment_confirmed", "appointment_reminder_72h", "appointment_reminder_24h"],
      "appointment_reminder_2h",
    ]);
    const { remindersSent } = await Reservation.view(context, doctorOf(practice), reservationId);
    expect(remindersSent).toEqual([72, 24, 2]);
  },
};
