import { book, freeTimes, rowsOf } from "@turno/core/testing";
import { expect } from "vitest";
import type { Life } from "./life.ts";

// The life begins on Monday, 2 March 2026, 09:00 in Mexico City. Its visit is on Tuesday, 09:00 there.
const TUESDAY_9AM = "2026-03-03T15:00:00.000Z";
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
    expect(await freeTimes(context, practice, "2026-03-04")).toHaveLength(12);
    context.at("2026-03-04T11:58:00.000Z");
    await advance("9m");
    expect(await rowsOf(context, "analytics")).not.toEqual([]);
  },
};
