import { Reservation } from "@turno/core/booking";
import { Run } from "@turno/core/operations";
import type { Staff } from "@turno/core/platform";
import { book, doctorOf, freeTimes, once, rowsOf } from "@turno/core/testing";
import { expect } from "vitest";
import type { Life } from "./life.ts";

// The lives begin on Monday, 2 March 2026, 09:00 in Mexico City. There it is
const TUESDAY_9AM = "2026-03-03T15:00:00.000Z";
const FRIDAY_9AM = "2026-03-06T15:00:00.000Z";

const LUCIA = "+525587654321";

export const watchedClinic: Life = {
  name: "what was not done is found and made up for, every run is written down, and the days are counted",
  workflows: [
    "workflow-health-check",
    "due-reminders",
    "daily-slot-generation",
    "record-run",
    "analytics-rollup",
  ],
  clinic: {
    days: { from: "2026-03-03", to: "2026-03-03" },
    schedules: ["workflow-health-check", "analytics-rollup"],
    recorded: true,
  },
  async live({ context, practice, service, advance, loseOutbox, told }) {
    await book(context, practice, service, TUESDAY_9AM);
    await loseOutbox();
    // Of Wednesday no slots are made, and of the visit nobody has heard.
    context.at("2026-03-03T13:11:00.000Z");
    await advance("7m");
    expect(told(LUCIA)).toEqual(["appointment_reminder_2h"]);
    await advance("45m");
    expect(await freeTimes(context, practice, "2026-03-04")).toHaveLength(12);
    context.at("2026-03-04T11:58:00.000Z");
    await advance("9m");
    expect(await rowsOf(context, "analytics")).not.toEqual([]);
  },
};

export const runThatIsRetried: Life = {
  name: "a run that failed, since nobody could be told, is begun anew",
  workflows: ["appointment-cancellation", "record-run"],
  fails: ["appointment-cancellation"],
  clinic: { days: { from: "2026-03-06", to: "2026-03-06" }, recorded: true },
  async live({ context, practice, service, advance, channel, told }) {
    const { reservationId } = await book(context, practice, service, FRIDAY_9AM);
    await advance("10m");
    channel.down(true);
    await Reservation.cancel(context, doctorOf(practice), { reservationId, operation: once(context) });
    await advance("1h");
    channel.down(false);
    const admin: Staff = { ...doctorOf(practice), roles: ["admin"] };
    const wish = { workflow: "appointment-cancellation" };
    const { items } = await Run.list(context, admin, wish, { limit: 50 });
    await Run.retry(context, admin, { runId: items[0]!.runId, operation: once(context) });
    await advance("1h");
    expect(told(LUCIA)).toEqual(["appointment_confirmed", "appointment_cancelled"]);
  },
};
