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
 * What is booked or asked for on some dates of the calendar's zone, earliest first, and does not fit the hours of its
 * date, nor the service as it is offered now. Changes nothing.
 */
export async function conflicts(
  context: Context,
  practice: Practice,
  dates: readonly LocalDate[],
): Promise<SlotConflict[]> {
  const { profileId, timezone } = practice;
  const now = context.now();
  const [from] = dates;
  const to = dates.at(-1);
  if (!from || !to) return [];
  const span = { start: startOfDay(from, timezone), end: startOfDay(nextDate(to), timezone) };
  const [rules, exceptions, services, slots] = await Promise.all([
    Rules.all(context, profileId),
    Exceptions.between(context, profileId, from, to),
    Service.activeNow(context, profileId),
    Slot.startingIn(context, profileId, span),
  ]);
  const fits = ({ serviceId, start, end }: Slot.Slot, date: LocalDate): boolean =>
    planDay(date, timezone, rules, exceptions, services).some(
      (plan) => plan.serviceId === serviceId && plan.start === start && plan.end === end,
    );
  const meant = new Set(dates);
  return slots
    .filter((slot) => slot.start > now && Slot.remaining(slot, now) < slot.capacity)
    .filter((slot) => {
      const date = localDateOf(slot.start, timezone);
      return meant.has(date) && !fits(slot, date);
    })
    .map((slot) => ({ slotId: Slot.slotIdOf(slot), startTime: slot.start }));
}
