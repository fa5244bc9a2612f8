import { Request } from "@turno/core/booking";
import { Counter } from "@turno/core/platform";
import { Availability } from "@turno/core/scheduling";
import { ask, book, doctorOf, freeTimes, offer } from "@turno/core/testing";
import { expect } from "vitest";
import type { Clinic } from "../clinic.ts";
import type { Life } from "./life.ts";

// The life begins on Monday, 2 March 2026, 23:40 in Mexico City, where the clinic's hours are 09:00 to 13:00.
const MONDAY_2340 = "2026-03-03T05:40:00.000Z";
const TUESDAY_2AM = "2026-03-03T08:00:00.000Z";
const TUESDAY_9AM = "2026-03-03T15:00:00.000Z";
const TUESDAY_1120AM = "2026-03-03T17:20:00.000Z";
const WEDNESDAY_3AM = "2026-03-04T09:00:00.000Z";

const ANA = "+525511112222";

async function beginAt({ context, practice }: Clinic, startTime: string): Promise<void> {
  for (const { ruleId } of await Availability.Rules.all(context, practice.profileId)) {
    await Availability.Rules.edit(context, doctorOf(practice), practice, ruleId, { startTime });
  }
}

const counted = async ({ context, practice }: Clinic, metric: Counter.Metric, date: string) =>
  (await Counter.between(context, practice.organizationId, metric, { from: date, to: date }))[0]?.count;

export const calendarOfADay: Life = {
  name: "a calendar is made at night, its hours and services change in the day, and the day is closed",
  workflows: [
    ...["slot-generation-scheduler", "daily-slot-generation", "availability-changed", "services-changed"],
    ...["expired-slots-scheduler", "expired-slots-cleanup"],
  ],
  clinic: {
    now: MONDAY_2340,
    practice: { horizonDays: 3 },
    schedules: ["slot-generation-scheduler", "expired-slots-scheduler"],
  },
  async live(clinic) {
    const { context, practice, service, advance, told, loseOutbox } = clinic;
    const free = (date: string, serviceId?: string) =>
      freeTimes(context, practice, date, serviceId ? { serviceId } : {});
    await advance("15m");
    expect(await free("2026-03-04")).toHaveLength(12);
    context.at(TUESDAY_2AM);
    await advance("10m");
    expect(await counted(clinic, "slots-created", "2026-03-06")).toBe(12);

    await book(context, practice, service, TUESDAY_9AM);
    const { requestId } = await ask(context, practice, service, TUESDAY_1120AM);
    // Nobody is to end it but whoever closes the day.
    await loseOutbox();
    await beginAt(clinic, "10:00");
    await advance("4m");
    await beginAt(clinic, "10:20");
    const { serviceId } = await offer(context, practice, { name: "Control", duration: 60 });
    await advance("12m");
    expect(await free("2026-03-04", serviceId)).toEqual(["10:20", "11:20"]);
    expect(told(ANA)).toEqual(["calendar_conflicts_doctor"]);

    context.at(WEDNESDAY_3AM);
    await advance("10m");
    expect((await Request.get(context, requestId)).status).toBe("expired");
    expect(await counted(clinic, "slots-expired", "2026-03-03")).toBeGreaterThan(0);
  },
};
