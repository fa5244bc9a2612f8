import { chanceFrom } from "./chance.ts";
import type { MonthOptions } from "./month.ts";
import { type Zone, zoneOf, zonesOf } from "./zones.ts";

/**
 * Deals a month to so many stages: each has clinics of its own, and of those who book and of the kills as many as it has
 * doctors for. The first lives by the seed itself, as it does alone.
 */
export function dealt(month: MonthOptions, stages: number): MonthOptions[] {
  const { doctors, bookings, kills, seed } = month;
  const chance = chanceFrom(seed);
  const zones = zonesOf(doctors);
  const chances = [seed, ...Array.from({ length: stages - 1 }, () => chance.between(0, 2 ** 32 - 1))];
  let before = 0;
  return chances.map((own, stage) => {
    const mine = zones.filter((_, index) => stageOf(index, stages) === stage);
    const until = before + doctorsIn(mine, doctors);
    // Rounded at each border, so that the parts are all there is.
    const part = (all: number): number =>
      Math.round((all * until) / doctors) - Math.round((all * before) / doctors);
    const dealtHere = { ...month, zones: mine, bookings: part(bookings), kills: part(kills), seed: own };
    before = until;
    return dealtHere;
  });
}

/** There and back: of four clinics two stages have the outer and the inner ones, so that each has one that takes deposits. */
function stageOf(index: number, stages: number): number {
  const place = index % stages;
  return Math.floor(index / stages) % 2 === 0 ? place : stages - 1 - place;
}

const doctorsIn = (zones: readonly Zone[], doctors: number): number =>
  Array.from({ length: doctors }, (_, number) => zoneOf(number, doctors)).filter((zone) =>
    zones.includes(zone),
  ).length;
