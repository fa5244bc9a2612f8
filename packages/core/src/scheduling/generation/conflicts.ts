import {
  type Context,
  type LocalDate,
  localDateOf,
  nextDate,
  type Practice,
  startOfDay,
} from "../../platform/index.ts";
import { Exceptions, Rules } from "../availability/index.ts";
import * as Service from "../service/index.ts";
import * as Slot from "../slot/index.ts";
import type { SlotConflict } from "./generate.ts";
import { planDay } from "./plan.ts";

/**
 * What is booked or asked for from `from` to `to` (both included, in the calendar's zone) and does not fit the hours of
 * its date, nor the service as it is offered now. Changes nothing.
 */
export async function conflicts(
  context: Context,
  practice: Practice,
  { from, to }: { from: LocalDate; to: LocalDate },
): Promise<SlotConflict[]> {
  const { profileId, timezone } = practice;
  const now = context.now();
  const span = { start: startOfDay(from, timezone), end: startOfDay(nextDate(to), timezone) };
  const [rules, exceptions, services, slots] = await Promise.all([
    Rules.all(context, profileId),
    Exceptions.between(context, profileId, from, to),
    Service.activeNow(context, profileId),
    Slot.startingIn(context, profileId, span),
  ]);
  const fits = ({ serviceId, start, end }: Slot.Slot): boolean =>
    planDay(localDateOf(start, timezone), timezone, rules, exceptions, services).some(
      (plan) => plan.serviceId === serviceId && plan.start === start && plan.end === end,
    );
  return slots
    .filter((slot) => slot.start > now && Slot.remaining(slot, now) < slot.capacity && !fits(slot))
    .map((slot) => ({ slotId: Slot.slotIdOf(slot), startTime: slot.start }));
}
