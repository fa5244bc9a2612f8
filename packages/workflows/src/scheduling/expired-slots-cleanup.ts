import { Request } from "@turno/core/booking";
import { Profile } from "@turno/core/identity";
import { type Context, Counter, type Instant, instantOf, type LocalDate, Outbox } from "@turno/core/platform";
import { Slot } from "@turno/core/scheduling";
import type { Desk } from "../desk.ts";
import { events } from "../events.ts";

const id = "expired-slots-cleanup";

/**
 * Closes one day of one calendar: requests past their expiry have expired and their slots are free, and what went by
 * free is told and counted. A slot that has passed is expired by the clock alone, so none is written to.
 */
export const expiredSlotsCleanup = ({ inngest, context }: Desk) =>
  inngest.createFunction(
    { id, triggers: events["slot/cleanup-expired"], concurrency: 3, retries: 1 },
    async ({ event, step, runId }) => {
      const { profileId, cleanupDate } = event.data;
      const closing = { profileId, cleanupDate, at: instantOf(event.ts), runId };
      const { requests } = await step.run("expire-requests", () => expireRequests(context, profileId));
      const { slots } = await step.run("announce", () => announce(context, closing));
      await step.run("count", () => count(context, profileId, cleanupDate, slots));
      return { requests, slots };
    },
  );

async function expireRequests(context: Context, profileId: string) {
  const expired = await Request.expireOverdue(context, Profile.practice, { profileId });
  return { requests: expired.length };
}

interface Closing {
  readonly profileId: string;
  readonly cleanupDate: LocalDate;
  /** Of the event that asked for it. */
  readonly at: Instant;
  readonly runId: string;
}

async function announce(context: Context, { profileId, cleanupDate, at, runId }: Closing) {
  const practice = await Profile.practice(context, profileId);
  const expiredSlotIds = await Slot.passedFree(context, practice, cleanupDate);
  await Outbox.announce(context, {
    organizationId: practice.organizationId,
    about: profileId,
    event: "slot/expired-cleanup",
    step: `${id}:announce:${runId}`,
    at,
    data: { profileId, expiredSlotIds, cleanupDate },
  });
  return { slots: expiredSlotIds.length };
}

/** A day that is closed twice counts once. */
async function count(context: Context, profileId: string, date: LocalDate, slots: number): Promise<void> {
  const { organizationId } = await Profile.get(context, profileId);
  await Counter.count(context, {
    ...{ organizationId, date },
    metric: "slots-expired",
    occurrence: `${profileId}:${date}`,
    by: slots,
  });
}
