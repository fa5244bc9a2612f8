import { type Instant, type Interval, localStamp, type Practice, plus } from "../../platform/index.ts";
import { groupOwner, occupiedInterval } from "../claim/index.ts";
import * as Ledger from "../ledger/index.ts";
import type { MedicalService } from "../service/index.ts";
import * as Slot from "../slot/index.ts";

/** When a slot may be booked: not sooner than the notice, not later than the horizon. */
export const bookingWindow = (practice: Practice, now: Instant): Interval => ({
  start: plus(now, { minutes: practice.noticeMinutes }),
  end: plus(now, { days: practice.horizonDays }),
});

/** Owners in the ledger whose hold has ended: they occupy nothing any more, though their grains are still written. */
export function endedOwners(slots: readonly Slot.Slot[], now: Instant): ReadonlySet<string> {
  const ended = new Set<string>();
  for (const slot of slots) {
    const holds = Slot.endedHolds(slot, now);
    for (const { owner } of holds) ended.add(owner);
    if (slot.taken === holds.length) ended.add(groupOwner(slot));
  }
  return ended;
}

const byId = (services: readonly MedicalService[]): ReadonlyMap<string, MedicalService> =>
  new Map(services.map((service) => [service.serviceId, service]));

export const occupiedAs = (
  { start, end }: Interval,
  { bufferBefore, bufferAfter }: MedicalService,
): Interval => occupiedInterval({ start, end, bufferBefore, bufferAfter });

/** What the slots of these services would occupy. */
export function occupiedBy(slots: readonly Slot.Slot[], services: readonly MedicalService[]): Interval[] {
  const offered = byId(services);
  return slots.flatMap((slot) => {
    const service = offered.get(slot.serviceId);
    return service ? [occupiedAs(slot, service)] : [];
  });
}

/**
 * The slots that a booking would really get: not begun, not closed, a seat left, inside notice and horizon, and with
 * nothing of anybody else in its time and buffers. `ended` are the owners that no longer count.
 */
export function bookable(
  slots: readonly Slot.Slot[],
  services: readonly MedicalService[],
  occupancy: Ledger.Occupancy,
  ended: ReadonlySet<string>,
  window: Interval,
  now: Instant,
): Slot.Slot[] {
  const offered = byId(services);
  return slots.filter((slot) => {
    const service = offered.get(slot.serviceId);
    if (!service || slot.blocked || slot.retired || Slot.remaining(slot, now) < 1) return false;
    if (slot.start <= now || slot.start < window.start || slot.start >= window.end) return false;
    // Made before the service was changed, and not brought in line yet.
    if (service.capacity === 1 && slot.capacity > 1) return false;
    if (slot.end !== plus(slot.start, { minutes: service.duration })) return false;
    const interval = occupiedAs(slot, service);
    const own = groupOwner(slot);
    // Those who sit in a group came with other buffers than the service has now.
    if (slot.span !== undefined && slot.span !== Slot.spanOf(interval) && isJoined(slot, now)) return false;
    return Ledger.isFree(occupancy, interval, (owner) => owner === own || ended.has(owner));
  });
}

const isJoined = (slot: Slot.Slot, now: Instant): boolean => slot.taken > Slot.endedHolds(slot, now).length;

/** A slot as patients see it; local times in `zone`. */
export const shown = (slot: Slot.Slot, zone: string, now: Instant): Slot.BookableSlot => ({
  slotId: Slot.slotIdOf(slot),
  serviceId: slot.serviceId,
  startTime: slot.start,
  endTime: slot.end,
  localStartTime: localStamp(slot.start, zone),
  timezone: zone,
  remaining: Slot.remaining(slot, now),
});
