import type { Row } from "@turno/core/testing";
import { BEGINNING, type Calendar, HORIZON_DAYS } from "../town.ts";
import { type Finding, iso } from "./finding.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

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

/** What the wall shows in a zone, by the tables of the platform's Intl. */
function wallClock(zone: string): (millis: number) => { date: string; time: string } {
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" });
  return (millis) => {
    const [date, time] = format.format(millis).split(" ") as [string, string];
    return { date, time };
  };
}

const dateAfter = (date: string, days = 1): string =>
  iso(Date.parse(`${date}T00:00:00Z`) + days * DAY).slice(0, 10);

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

/** The first moment at which the wall shows this, or `undefined` on a day on which it never does. */
function momentOf(wall: ReturnType<typeof wallClock>, date: string, time: string): number | undefined {
  const asUtc = Date.parse(`${date}T${time}:00Z`);
  for (let hours = -14; hours <= 14; hours++) {
    const moment = asUtc + hours * 60 * MINUTE;
    const shown = wall(moment);
    if (shown.date === date && shown.time === time) return moment;
  }
  return undefined;
}
