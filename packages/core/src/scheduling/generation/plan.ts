import {
  dayOfWeek,
  type Instant,
  instantAt,
  type LocalDate,
  minutesOfDay,
  plus,
  windowEndAt,
  type Zone,
} from "../../platform/index.ts";
import { type AvailabilityException, type AvailabilityRule, appliesOn } from "../availability/index.ts";
import type { MedicalService } from "../service/index.ts";

/** A slot that the rules of a date call for. */
export interface PlannedSlot {
  readonly serviceId: string;
  readonly start: Instant;
  readonly end: Instant;
  readonly capacity: number;
}

type Hours = Pick<
  AvailabilityRule,
  "startTime" | "endTime" | "slotDuration" | "bufferTime" | "maxAppointmentsPerSlot" | "serviceIds"
>;

/**
 * The slots of one date, by the wall clock of `zone`: every window, for every service, from its start in equal steps.
 *
 * A local time that is skipped that day makes no slot; one that occurs twice makes one, the earlier. A slot whose
 * service no longer fits before the end of the window is not made. Services may overlap; the ledger lets one be booked.
 */
export function planDay(
  date: LocalDate,
  zone: Zone,
  rules: readonly AvailabilityRule[],
  exceptions: readonly AvailabilityException[],
  services: readonly MedicalService[],
): PlannedSlot[] {
  const planned = new Map<string, PlannedSlot>();
  for (const hours of hoursOn(date, rules, exceptions)) {
    for (const service of services) {
      if (hours.serviceIds && !hours.serviceIds.includes(service.serviceId)) continue;
      for (const slot of slotsIn(date, zone, hours, service))
        planned.set(`${slot.start}${slot.serviceId}`, slot);
    }
  }
  return [...planned.values()].sort((a, b) => (a.start + a.serviceId < b.start + b.serviceId ? -1 : 1));
}

function hoursOn(
  date: LocalDate,
  rules: readonly AvailabilityRule[],
  exceptions: readonly AvailabilityException[],
): Hours[] {
  const special = exceptions.filter((exception) => exception.date === date);
  if (special.some(({ windows }) => windows.length === 0)) return [];
  if (special.length > 0) return special.flatMap(({ windows }) => windows);
  const weekday = dayOfWeek(date);
  return rules.filter((rule) => appliesOn(rule, date, weekday));
}

function* slotsIn(
  date: LocalDate,
  zone: Zone,
  hours: Hours,
  service: MedicalService,
): Generator<PlannedSlot> {
  const { duration, serviceId } = service;
  const step = (hours.slotDuration ?? duration) + (hours.bufferTime ?? 0);
  const last = minutesOfDay(hours.endTime);
  const windowEnd = windowEndAt(date, last, zone);
  for (let minute = minutesOfDay(hours.startTime); minute < last; minute += step) {
    const start = instantAt(date, minute, zone);
    if (start === undefined) continue;
    const end = plus(start, { minutes: duration });
    if (end > windowEnd) continue;
    yield {
      serviceId,
      start,
      end,
      capacity: Math.min(service.capacity, hours.maxAppointmentsPerSlot ?? 100),
    };
  }
}
