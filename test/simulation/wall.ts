import { DAY, HOUR } from "./time.ts";

/** What a wall clock shows, as `YYYY-MM-DD` and `HH:MM`. */
export interface Shown {
  readonly date: string;
  readonly time: string;
}

export type Wall = (millis: number) => Shown;

/** What the wall shows in a zone, by the tables of the platform's Intl: another road than the product's. */
export function wallClock(zone: string): Wall {
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" });
  return (millis) => {
    const [date, time] = format.format(millis).split(" ") as [string, string];
    return { date, time };
  };
}

export const dateAfter = (date: string, days = 1): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);

/** The first moment at which the wall shows this, or `undefined` on a day on which it never does. */
export function momentOf(wall: Wall, date: string, time: string): number | undefined {
  const asUtc = Date.parse(`${date}T${time}:00Z`);
  for (let hours = -14; hours <= 14; hours++) {
    const moment = asUtc + hours * HOUR;
    const shown = wall(moment);
    if (shown.date === date && shown.time === time) return moment;
  }
  return undefined;
}
