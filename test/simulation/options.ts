import { parseArgs } from "node:util";
import { zonesOf } from "./zones.ts";

export interface Options {
  readonly doctors: number;
  readonly days: number;
  readonly bookings: number;
  readonly kills: number;
  readonly seed: number;
  readonly stages: number;
  readonly json: string | undefined;
  readonly help: boolean;
}

const MONTH = { doctors: "20", days: "30", bookings: "1950", kills: "8", seed: "1" };
/** Where there are clinics for so many. */
const STAGES = 2;

export const help = `Lives through a month of clinics on this machine, by a clock that is moved, and compares what happened with what
should have: bookings, cancels, moves, expiries and no-shows, replies to reminders, deposits and refunds, waiting lists
and prescriptions, with providers that fail each twentieth call, and Turno killed now and then.

  npm run simulate
  npm run simulate -- --days 3 --doctors 4 --bookings 60
  npm run simulate -- --seed 7              another month
  npm run simulate -- --kills 0             with nothing killed
  npm run simulate -- --stages 4            how many Turnos live through it side by side, each with clinics of its own;
                                            each keeps one core busy, and their number makes another month
  npm run simulate -- --json month.json     writes all that it found

Ends with 1 when a target is missed.
`;

/** Reads the command line. Throws an error for people when it says something that cannot be. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      doctors: { type: "string", default: MONTH.doctors },
      days: { type: "string", default: MONTH.days },
      bookings: { type: "string", default: MONTH.bookings },
      kills: { type: "string", default: MONTH.kills },
      seed: { type: "string", default: MONTH.seed },
      stages: { type: "string" },
      json: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const whole = (
    name: keyof typeof MONTH | "stages",
    least: number,
    most = Number.POSITIVE_INFINITY,
  ): number => {
    const number = Number(values[name]);
    if (Number.isInteger(number) && number >= least && number <= most) return number;
    const upTo = Number.isFinite(most) ? ` to ${most}` : "";
    throw new Error(`--${name} ${values[name]} is not a whole number from ${least}${upTo}.`);
  };
  const doctors = whole("doctors", 1);
  const clinics = zonesOf(doctors).length;
  return {
    doctors,
    days: whole("days", 2),
    bookings: whole("bookings", 1),
    kills: whole("kills", 0),
    seed: whole("seed", 0),
    stages: values.stages === undefined ? Math.min(STAGES, clinics) : whole("stages", 1, clinics),
    json: values.json,
    help: values.help,
  };
}
