import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openMovableClock } from "@turno/local/clock";
import { startDatabase } from "@turno/local/database";
import { type Book, emptyBook } from "./book.ts";
import { chanceFrom } from "./chance.ts";
import { faultsFor, outage, paymentFaultFor } from "./faults.ts";
import { type Habits, turnsBy, usual } from "./habits.ts";
import type { Life } from "./life.ts";
import { type Office, openOffice } from "./office.ts";
import { follow, lookForATime, retryWhatFailed } from "./people.ts";
import { plans } from "./plans.ts";
import type { Progress } from "./progress.ts";
import { masterKeyIn } from "./state.ts";
import { DAY, HOUR, QUARTER } from "./time.ts";
import { BEGINNING, openTown, type Town } from "./town.ts";
import { readersOf } from "./waiters.ts";
import { type Zone, zonesOf } from "./zones.ts";

export interface MonthOptions {
  /** How many there are in all zones. */
  readonly doctors: number;
  /** Those whose clinics are part of it; all when left out. */
  readonly zones?: readonly Zone[];
  readonly days: number;
  /** How many people look for a time in these clinics. */
  readonly bookings: number;
  /** How often Turno is killed. */
  readonly kills: number;
  readonly seed: number;
  /** As in a clinic when left out. */
  readonly habits?: Habits;
  readonly progress?: (progress: Progress) => void;
  /** Ends it at once. */
  readonly signal?: AbortSignal;
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
  const stateDir = mkdtempSync(join(tmpdir(), "turno-month-"));
  try {
    const { endpoint, stop } = await startDatabase();
    try {
      return await liveWith({ stateDir, databaseEndpoint: endpoint }, options, look);
    } finally {
      await stop();
    }
  } finally {
    rmSync(stateDir, { recursive: true, force: true });
  }
}

interface Machine {
  readonly stateDir: string;
  readonly databaseEndpoint: string;
}

async function liveWith<T>(
  { stateDir, databaseEndpoint }: Machine,
  options: MonthOptions,
  look: (month: Month) => Promise<T>,
): Promise<T> {
  const { doctors, zones = zonesOf(doctors), days, seed, habits = usual, signal } = options;
  const chance = chanceFrom(seed);
  openMovableClock(join(stateDir, "clock")).moveTo(BEGINNING);
  const master = masterKeyIn(stateDir);
  const town = await openTown({ endpoint: databaseEndpoint, master }, { doctors, zones }, chance);
  signal?.throwIfAborted();
  const office = openOffice({ stateDir, databaseEndpoint, clinics: town.clinics, chance });
  const close = (): Promise<void> => office.close();
  signal?.addEventListener("abort", close);
  try {
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
    const progress = (tick: number): void =>
      options.progress?.({ share: tick / ticks, now, bookings: life.book.visits.length });
    progress(0);
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
      progress(tick);
    }
    await office.advance(end);
    return await look({ town, book: life.book, office, end });
  } finally {
    await close();
  }
}

async function someAtOnce(deeds: readonly (() => Promise<void>)[]): Promise<void> {
  const waiting = [...deeds];
  const work = async (): Promise<void> => {
    for (let deed = waiting.shift(); deed; deed = waiting.shift()) await deed();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}
