import { Request } from "@turno/core/booking";
import { Profile } from "@turno/core/identity";
import {
  type Instant,
  instantOf,
  nextDate,
  requireCalendar,
  startOfDay,
  type Zone,
} from "@turno/core/platform";
import { Generation, Listing, Slot } from "@turno/core/scheduling";
import type { Handlers } from "../../pipeline/handler.ts";

export const slots = {
  async listSlots({ context, params: { profileId }, query }) {
    await Profile.published(context, profileId);
    const practice = await Profile.practice(context, profileId);
    const from = startOf(query.from, practice.timezone);
    const to = endOf(query.to, practice.timezone);
    return Listing.list(context, practice, { ...query, from, to });
  },
  async generateSlots({ context, actor, params: { profileId }, body }) {
    const practice = await Profile.practice(context, profileId);
    requireCalendar(actor, practice, "profile", profileId);
    const { conflicts, ...counts } = await Generation.generate(context, practice, body);
    return { ...counts, conflicts: [...conflicts] };
  },
  async blockSlot({ context, actor, params: { slotId } }) {
    const key = Slot.slotKeyOf(slotId);
    const practice = await Profile.practice(context, key.profileId);
    await Request.pastEndedHolds(context, practice, () => Slot.block(context, actor, key));
    return { slotId, status: "blocked" };
  },
  async listBlockedSlots({ context, actor, params: { profileId }, query: { from, to } }) {
    const practice = await Profile.practice(context, profileId);
    const { timezone } = practice;
    const days = { start: startOf(from, timezone), end: endOf(to, timezone) };
    return { items: await Slot.blockedIn(context, actor, practice, days) };
  },
  async unblockSlot({ context, actor, params: { slotId } }) {
    await Slot.unblock(context, actor, Slot.slotKeyOf(slotId));
    return { slotId, status: "available" };
  },
} satisfies Partial<Handlers<"scheduling">>;

const isDate = (moment: string): boolean => moment.length === "2026-12-03".length;

const startOf = (moment: string, zone: Zone): Instant =>
  isDate(moment) ? startOfDay(moment, zone) : instantOf(moment);

/** A date is included. */
const endOf = (moment: string, zone: Zone): Instant =>
  isDate(moment) ? startOfDay(nextDate(moment), zone) : instantOf(moment);
