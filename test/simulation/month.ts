import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openMovableClock } from "@turno/local/clock";
import { startDatabase } from "@turno/local/database";
import { type Book, emptyBook } from "./book.ts";
import { chanceFrom } from "./chance.ts";
import { faultsFor, outage, paymentFaultFor } from "./faults.ts";
import { type Habits, turnsBy, usual } from "./habits.ts";
import { DAY, HOUR, type Life, QUARTER } from "./life.ts";
import { type Office, openOffice } from "./office.ts";
import { follow, lookForATime, retryWhatFailed } from "./people.ts";
import { plans } from "./plans.ts";
import { masterKeyIn } from "./state.ts";
import { BEGINNING, openTown, type Town } from "./town.ts";
import { readersOf } from "./waiters.ts";

export interface MonthOptions {
  readonly doctors: number;
  readonly days: number;
  /** How many people look for a time, in all. */
  readonly bookings: number;
  /** How often Turno is killed. */
  readonly kills: number;
  readonly seed: number;
  /** As in a clinic when left out. */
  readonly habits?: Habits;
  /** Hears how much is done, from 0 to 1, and what. */
  readonly progress?: (share: number, what: string) => void;
}

/** A month that is over, with all that it left behind. */
export interface Month {
  readonly town: Town;
  readonly book: Book;
  readonly office: Office;
  readonly end: number;
}

/** At the end nobody calls any more, so that all that was begun is over when it is looked at. */
const QUIET_QUARTERS = 4;
/** Nobody writes to a clinic later than this before its end. */
const LAST_CALL = 3 * HOUR;
/** How many people book in the quarter of an hour in which every provider of messages is down. */
const NIGHT_OWLS = 2;
/** Every other weekday from 04:00 to 04:15 UTC, when no reminder is due: what fails then is retried in the morning. */
const isOutage = (now: number): boolean => {
  const time = new Date(now);
  return time.getUTCHours() === 4 && time.getUTCMinutes() === 0 && time.getUTCDay() % 2 === 1;
};
const isNoon = (now: number): boolean => new Date(now).toISOString().endsWith("T12:00:00.000Z");
/** How many people call at the same time. */
const AT_ONCE = 6;

/** Lives through the days, then hands over what there is to be looked at; all of it is gone afterwards. */
export async function liveThrough<T>(options: MonthOptions, look: (month: Month) => Promise<T>): Promise<T> {
  const { doctors, days, seed, habits = usual, progress = () => undefined } = options;
  const chance = chanceFrom(seed);
  const stateDir = mkdtempSync(join(tmpdir(), "turno-month-"));
  const database = await startDatabase({ path: join(stateDir, "table.db") });
  let office: Office | undefined;
  try {
    openMovableClock(join(stateDir, "clock")).moveTo(BEGINNING);
    const town = await openTown(
      { endpoint: database.endpoint, master: masterKeyIn(stateDir) },
      doctors,
      chance,
    );
    office = openOffice({ stateDir, databaseEndpoint: database.endpoint, clinics: town.clinics, chance });
    const end = BEGINNING + days * DAY;
    let now = BEGINNING;
    const turns = turnsBy(habits, chance.fork());
    const life: Life = {
      ...{ office, chance, turns, book: emptyBook(), plans: plans(), now: () => now, follow, end },
      lastCall: end - LAST_CALL,
    };
    const ticks = days * 96;
    const killedAt = new Set(Array.from({ length: options.kills }, () => chance.between(8, ticks - 8)));
    const perTick = options.bookings / ticks;
    let read = 0;
    progress(0, "opening");
    await office.advance(now);
    for (let tick = 1; tick <= ticks; tick++) {
      if (killedAt.has(tick)) office.killSoon();
      now = BEGINNING + tick * QUARTER;
      await office.advance(now);
      const isOut = isOutage(now);
      for (const fault of isOut ? outage : faultsFor(chance)) await office.ask((turno) => turno.fail(fault));
      const paymentFault = paymentFaultFor(chance);
      await office.ask((turno) => turno.failPayments(paymentFault));
      if (tick > ticks - QUIET_QUARTERS) continue;
      const arrivals = isOut ? NIGHT_OWLS : Math.floor(perTick) + (chance.happens(perTick % 1) ? 1 : 0);
      const newcomers = Array.from({ length: arrivals }, () => {
        const calendar = chance.pick(town.calendars);
        const own = { ...life, chance: chance.fork() };
        return () => lookForATime(own, calendar);
      });
      const messages = await office.ask((turno) => turno.messages({ after: read }));
      read += messages.length;
      await someAtOnce([...life.plans.due(now), ...readersOf(life, messages), ...newcomers]);
      const isLastCall = tick === ticks - QUIET_QUARTERS;
      if (isNoon(now) || isLastCall) await retryWhatFailed(life, town.clinics);
      progress(
        tick / ticks,
        `${new Date(now).toISOString().slice(0, 10)}, ${life.book.visits.length} bookings`,
      );
    }
    await office.advance(end);
    return await look({ town, book: life.book, office, end });
  } finally {
    await office?.close();
    await database.stop();
    rmSync(stateDir, { recursive: true, force: true });
  }
}

async function someAtOnce(deeds: readonly (() => Promise<void>)[]): Promise<void> {
  const waiting = [...deeds];
  const work = async (): Promise<void> => {
    for (let deed = waiting.shift(); deed; deed = waiting.shift()) await deed();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}
