import type { Row } from "@turno/core/testing";
import { iso, MINUTE } from "../time.ts";
import { BEGINNING, type Calendar, HORIZON_DAYS } from "../town.ts";
import { dateAfter, momentOf, wallClock } from "../wall.ts";
import type { Finding } from "./finding.ts";

/**
 * Compares the slots in the table with those that the clinics' hours call for, calculated here by another road: not one
 * is missing, and not one is there that should not be.
 */
export function generationOf(rows: readonly Row[], calendars: readonly Calendar[], end: number): Finding {
  const slots = rows.filter(({ __edb_e__ }) => __edb_e__ === "slot");
  const found = new Map<string, Set<string>>();
  for (const { prf, svc, start } of slots) {
    const key = `${prf}`;
    found.set(key, (found.get(key) ?? new Set()).add(`${start} ${svc}`));
  }
  let checked = 0;
  const wrong: string[] = [];
  for (const calendar of calendars) {
    const there = found.get(calendar.profileId) ?? new Set<string>();
    const wall = wallClock(calendar.zone);
    const first = dateAfter(wall(BEGINNING).date);
    // The coming night makes the last day of the horizon.
    const surely = dateAfter(wall(end).date, HORIZON_DAYS - 2);
    const atMost = dateAfter(wall(end).date, HORIZON_DAYS + 1);
    const calledFor = new Set(slotsOf(calendar, first, atMost));
    for (const slot of slotsOf(calendar, first, surely)) {
      checked += 1;
      if (!there.has(slot)) wrong.push(`${calendar.profileId}: ${slot} is missing`);
    }
    for (const slot of there) {
      const { date } = wall(Date.parse(slot.slice(0, slot.indexOf(" "))));
      if (date >= first && !calledFor.has(slot))
        wrong.push(`${calendar.profileId}: ${slot} is nobody's hour`);
    }
  }
  return { checked, wrong };
}

/** `start service` of every slot from one local date to another, both included. */
function slotsOf({ zone, hours, closed, services }: Calendar, from: string, to: string): string[] {
  const wall = wallClock(zone);
  const slots: string[] = [];
  for (let date = from; date <= to; date = dateAfter(date)) {
    if (closed.includes(date)) continue;
    const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
    for (const window of hours.filter(({ dayOfWeek }) => dayOfWeek === weekday)) {
      const windowEnd = momentOf(wall, date, window.to)!;
      for (const { serviceId, duration } of services) {
        for (const time of timesFrom(window.from, window.to, duration)) {
          const start = momentOf(wall, date, time);
          if (start === undefined || start + duration * MINUTE > windowEnd) continue;
          slots.push(`${iso(start)} ${serviceId}`);
        }
      }
    }
  }
  return slots;
}

function* timesFrom(from: string, to: string, minutes: number): Generator<string> {
  const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  const two = (number: number): string => String(number).padStart(2, "0");
  for (let minute = minutesOf(from); minute < minutesOf(to); minute += minutes) {
    yield `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
  }
}
