import {
  type Context,
  datesBetween,
  type Instant,
  type Interval,
  type LocalDate,
  nextDate,
  type Practice,
  startOfDay,
} from "../../platform/index.ts";
import { Exceptions, Rules } from "../availability/index.ts";
import * as Service from "../service/index.ts";
import * as Slot from "../slot/index.ts";
import { type PlannedSlot, planDay } from "./plan.ts";

/** A booked slot that the hours of its date no longer have room for. It stays; somebody must decide. */
export interface SlotConflict {
  readonly slotId: string;
  readonly startTime: Instant;
}

export interface Generated {
  readonly created: number;
  readonly kept: number;
  /** Free slots that no rule calls for any more. */
  readonly removed: number;
  readonly conflicts: readonly SlotConflict[];
}

const WRITES_AT_ONCE = 16;

/**
 * Brings the slots of the dates from `from` to `to` (both included, in the calendar's zone) in line with its rules.
 *
 * May be repeated: slots that are there stay, booked and blocked ones are never touched, and nothing is changed in the
 * past.
 */
export async function generate(
  context: Context,
  practice: Practice,
  { from, to }: { from: LocalDate; to: LocalDate },
): Promise<Generated> {
  const { profileId } = practice;
  const [rules, exceptions, services] = await Promise.all([
    Rules.all(context, profileId),
    Exceptions.between(context, profileId, from, to),
    Service.activeNow(context, profileId),
  ]);
  const total = { created: 0, kept: 0, removed: 0, conflicts: [] as SlotConflict[] };
  for (const date of datesBetween(from, to)) {
    const planned = planDay(date, practice.timezone, rules, exceptions, services);
    const day = {
      start: startOfDay(date, practice.timezone),
      end: startOfDay(nextDate(date), practice.timezone),
    };
    const made = await bringInLine(context, practice, day, planned);
    total.created += made.created;
    total.kept += made.kept;
    total.removed += made.removed;
    total.conflicts.push(...made.conflicts);
  }
  return total;
}

async function bringInLine(
  context: Context,
  { profileId, organizationId }: Practice,
  day: Interval,
  planned: readonly PlannedSlot[],
): Promise<Generated> {
  const now = context.now();
  const existing = new Map(
    (await Slot.startingIn(context, profileId, day)).map((slot) => [slot.start + slot.serviceId, slot]),
  );
  let created = 0;
  let kept = 0;
  let removed = 0;
  const conflicts: SlotConflict[] = [];
  const conflict = (slot: Slot.SlotKey) =>
    conflicts.push({ slotId: Slot.slotIdOf(slot), startTime: slot.start });

  const writes = planned.map((plan) => async () => {
    const slot = existing.get(plan.start + plan.serviceId);
    const wanted = { ...plan, profileId, organizationId };
    if (!slot) {
      if (plan.start <= now) return;
      if (await Slot.create(context, wanted)) created++;
      else kept++;
      return;
    }
    if (slot.retired) await Slot.setRetired(context, slot, false);
    if (slot.end === plan.end && slot.capacity === plan.capacity) kept++;
    else if (slot.blocked || slot.start <= now) kept++;
    else if (await Slot.reshape(context, wanted)) kept++;
    else conflict(slot);
  });
  const called = new Set(planned.map((plan) => plan.start + plan.serviceId));
  for (const [key, slot] of existing) {
    if (called.has(key) || slot.start <= now) continue;
    writes.push(async () => {
      if (slot.blocked) kept++;
      else if (await Slot.remove(context, slot)) removed++;
      // Else it would be offered again as soon as it is given up; if it is not there, another run removed it.
      else if (await Slot.setRetired(context, slot, true)) conflict(slot);
    });
  }
  for (let first = 0; first < writes.length; first += WRITES_AT_ONCE) {
    await Promise.all(writes.slice(first, first + WRITES_AT_ONCE).map((write) => write()));
  }
  return { created, kept, removed, conflicts };
}
