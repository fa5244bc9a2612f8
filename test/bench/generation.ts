import { nextDate } from "@turno/core/platform";
import { Generation } from "@turno/core/scheduling";
import { aPractice, offer, openDaily, type TestContext } from "@turno/core/testing";
import { type Gauge, gaugeOf } from "./core/gauge.ts";
import { openDatabase } from "./core/table.ts";
import type { Bench, Part } from "./part.ts";
import { type Spread, spreadOf } from "./report/statistics.ts";
import type { Table } from "./report/table.ts";

const FIRST_DATE = "2026-03-03";
const DAYS = 30;
/** Calendars that are generated side by side: as many as the workflow lets. */
const AT_ONCE = 5;

type Calendar = ReturnType<typeof aPractice>;

interface Pass {
  readonly seconds: number;
  readonly created: number;
  readonly kept: number;
  /** Milliseconds for one calendar. */
  readonly spread: Spread;
  readonly writeUnits: number;
  readonly readUnits: number;
}

async function run(bench: Bench): Promise<Table[]> {
  const count = bench.quick ? 10 : 1_000;
  const newTable = await openDatabase(bench);
  const context = await newTable("turno");
  const calendars = await openCalendars(context, count, bench.say);
  const gauge = gaugeOf(context);
  const first = await pass(context, gauge, calendars, (done) => bench.say(`${done} of ${count} calendars`));
  const again = await pass(context, gauge, calendars, (done) =>
    bench.say(`again, ${done} of ${count} calendars`),
  );
  const row = (name: string, found: Pass) => {
    const slots = found.created + found.kept;
    return [
      name,
      slots,
      found.created,
      found.kept,
      found.seconds,
      slots / found.seconds,
      found.spread.p50,
      found.spread.p95,
      found.spread.worst,
      found.writeUnits / slots,
      found.readUnits / (count * DAYS),
    ];
  };
  return [
    {
      title: `Slots of ${count.toLocaleString("en")} doctors for ${DAYS} days, ${AT_ONCE} calendars side by side`,
      columns: [
        { name: "pass" },
        { name: "slots" },
        { name: "made" },
        { name: "kept" },
        { name: "all", unit: "s", digits: 1 },
        { name: "slots/s" },
        { name: "calendar p50", unit: "ms" },
        { name: "p95" },
        { name: "worst" },
        { name: "WRU/slot", digits: 2 },
        { name: "RRU/day", digits: 2 },
      ],
      rows: [row("first", first), row("again", again)],
      notes: ["Twelve slots of 20 minutes each day. The embedded database, in memory."],
    },
  ];
}

async function openCalendars(
  context: TestContext,
  count: number,
  say: (line: string) => void,
): Promise<Calendar[]> {
  const calendars = Array.from({ length: count }, () => aPractice(context));
  let opened = 0;
  await eachOf(calendars, async (calendar) => {
    await offer(context, calendar);
    await openDaily(context, calendar);
    opened += 1;
    say(`opening, ${opened} of ${count} calendars`);
  });
  return calendars;
}

/** Generates every calendar once. */
async function pass(
  context: TestContext,
  gauge: Gauge,
  calendars: readonly Calendar[],
  report: (done: number) => void,
): Promise<Pass> {
  const times: number[] = [];
  let created = 0;
  let kept = 0;
  const range = { from: FIRST_DATE, to: nextDate(FIRST_DATE, DAYS - 1) };
  const { milliseconds, writeUnits, readUnits } = await gauge.read(() =>
    eachOf(calendars, async (calendar) => {
      const began = performance.now();
      const made = await Generation.generate(context, calendar, range);
      times.push(performance.now() - began);
      created += made.created;
      kept += made.kept;
      report(times.length);
    }),
  );
  return { seconds: milliseconds / 1_000, created, kept, spread: spreadOf(times), writeUnits, readUnits };
}

async function eachOf<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const waiting = items.values();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const item of waiting) await work(item);
    }),
  );
}

export const generation: Part = {
  name: "generation",
  about: "slots made per second for 1,000 doctors and 30 days, and again",
  run,
};
