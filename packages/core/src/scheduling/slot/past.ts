import { type Context, type LocalDate, nextDate, type Practice, startOfDay } from "../../platform/index.ts";
import { startingIn } from "./slot.store.ts";
import { remaining, slotIdOf, statusOf } from "./slot.ts";

/** The slots of a date that went by without anybody in them. They stay, for reading, until their time to live ends. */
export async function passedFree(
  context: Context,
  { profileId, timezone }: Practice,
  date: LocalDate,
): Promise<string[]> {
  const now = context.now();
  const day = { start: startOfDay(date, timezone), end: startOfDay(nextDate(date), timezone) };
  const slots = await startingIn(context, profileId, day);
  return slots
    .filter((slot) => statusOf(slot, now) === "expired" && remaining(slot, now) === slot.capacity)
    .map(slotIdOf);
}
