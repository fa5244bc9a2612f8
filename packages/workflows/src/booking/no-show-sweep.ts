import { Reservation } from "@turno/core/booking";
import { Organization, Profile } from "@turno/core/identity";
import { type Context, defaultPolicy } from "@turno/core/platform";
import { cron } from "inngest";
import type { Desk } from "../desk.ts";
import { Independent } from "../independent.ts";

/**
 * Ends the visits whose time and grace went by without anybody saying how they ended: as no-shows, or by asking the front
 * desk, as each clinic has it. Clinics where nothing was missed cost no step.
 */
export const noShowSweep = ({ inngest, context }: Desk) =>
  inngest.createFunction({ id: "no-show-sweep", triggers: cron("*/15 * * * *") }, async ({ event, step }) => {
    const hours = new Date(event.ts ?? 0).getUTCMinutes() < 15 ? OUTAGE_HOURS : JUST_NOW_HOURS;
    const due = await step.run("look", () => clinicsWithMissed(context, hours));
    const clinics = new Independent();
    for (const organizationId of due) {
      await clinics.outcomeOf(step.run(`end-${organizationId}`, () => endMissed(context, organizationId)));
    }
    clinics.end();
    return { clinics: due.length };
  });

/** Each hour what an outage has left behind is looked for, and by the other ticks what was missed since. */
const OUTAGE_HOURS = 24;
const JUST_NOW_HOURS = 2;

/** A step for each clinic and 1,000 to a run: the others are taken by the next tick. */
const CLINICS_PER_TICK = 200;

/** Ends so many visits of a clinic in one step: the others are taken by the next tick. */
const VISITS_PER_STEP = 50;

async function clinicsWithMissed(context: Context, hours: number): Promise<string[]> {
  const ids = await Organization.allIds(context);
  const missed = await Promise.allSettled(
    ids.map((organizationId) => missedAt(context, organizationId, hours)),
  );
  // One that cannot be read says why in a step of its own.
  const isDue = (_: string, index: number) => {
    const looked = missed[index]!;
    return looked.status === "rejected" || looked.value.reservationIds.length > 0;
  };
  return ids.filter(isDue).slice(0, CLINICS_PER_TICK);
}

async function missedAt(context: Context, organizationId: string, hours: number) {
  const { policy } = await Organization.get(context, organizationId);
  const { noShow = defaultPolicy.noShow } = policy;
  const clinic = { organizationId, zones: await Profile.zonesOf(context, organizationId), noShow };
  return { clinic, reservationIds: await Reservation.missed(context, clinic, hours) };
}

/** Each visit by itself: one that cannot be ended keeps none of the others. */
async function endMissed(context: Context, organizationId: string) {
  const { clinic, reservationIds } = await missedAt(context, organizationId, OUTAGE_HOURS);
  const counts = { no_show: 0, "to-review": 0, ended: 0 };
  const failures: unknown[] = [];
  for (const reservationId of reservationIds.slice(0, VISITS_PER_STEP)) {
    try {
      counts[await Reservation.endMissed(context, clinic, reservationId)] += 1;
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} visits were not ended`);
  return counts;
}
