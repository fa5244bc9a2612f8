import { Request, Reservation, Timeline } from "@turno/core/booking";
import { nextDate } from "@turno/core/platform";
import { Generation, Listing } from "@turno/core/scheduling";
import {
  aPractice,
  ask,
  doctorOf,
  known,
  offer,
  once,
  openDaily,
  type TestContext,
} from "@turno/core/testing";
import { crowdAround } from "./core/crowd.ts";
import { gaugeOf, type Reading } from "./core/gauge.ts";
import { openDatabase } from "./core/table.ts";
import type { Bench, Part } from "./part.ts";
import { spreadOf } from "./report/statistics.ts";
import type { Cell, Table } from "./report/table.ts";

/** Tuesday is only read, with eight visits and two requests; every size writes on a day of its own after it. */
const TUESDAY = "2026-03-03";
const MINUTES = ["00", "10", "20", "30", "40"];

/** Rounds before those that count: code gets faster as it runs. */
const WARM_UP = 5;

const at = (date: string, minute: string, hour = "15"): string => `${date}T${hour}:${minute}:00.000Z`;

/** The readings of each operation, at one size of the table. */
type Readings = ReadonlyMap<string, readonly Reading[]>;

async function run(bench: Bench): Promise<Table[]> {
  const sizes = bench.quick ? [10, 1_000] : [10, 1_000, 10_000, 100_000];
  const rounds = bench.quick ? 10 : 40;
  const newTable = await openDatabase(bench);
  const context = await newTable("turno");
  const calendar = await openCalendar(context, sizes.length);
  const crowd = await crowdAround(context, await newTable("workshop"), calendar.practice);
  const gauge = gaugeOf(context);
  const found: Readings[] = [];
  for (const [index, size] of sizes.entries()) {
    await crowd.growTo(size, bench.say);
    bench.say(`measuring with ${size} bookings`);
    const readings = new Map<string, Reading[]>();
    for (let round = -WARM_UP; round < rounds; round++) {
      const operations = operationsOf(context, calendar, nextDate(TUESDAY, index + 1), round);
      for (const [name, operation] of operations) {
        const reading = await gauge.read(operation);
        if (round >= 0) readings.set(name, [...(readings.get(name) ?? []), reading]);
      }
    }
    found.push(readings);
  }
  return [unitsTable(sizes, found), timesTable(sizes, found)];
}

async function openCalendar(context: TestContext, days: number) {
  const practice = aPractice(context);
  const service = await offer(context, practice, { duration: 10 });
  await openDaily(context, practice);
  await Generation.generate(context, practice, { from: TUESDAY, to: nextDate(TUESDAY, days) });
  const asked = (start: string, patientName?: string) =>
    ask(context, practice, service, start, patientName ? { wish: { patientName } } : {});
  const approved = (requestId: string) =>
    Request.approve(context, doctorOf(practice), known(practice), { requestId, operation: once(context) });
  for (const hour of ["15", "16"]) {
    const [first, ...rest] = MINUTES;
    await asked(at(TUESDAY, first!, hour));
    for (const minute of rest) await approved((await asked(at(TUESDAY, minute, hour))).requestId);
  }
  const { patientId } = await asked(at(TUESDAY, "00", "17"), "Paciente Medido");
  return { practice, asked, approved, patientId };
}

/** What is measured, in an order in which every round finds the calendar as the one before did. */
function operationsOf(
  context: TestContext,
  { practice, asked, approved, patientId }: Awaited<ReturnType<typeof openCalendar>>,
  date: string,
  round: number,
): [name: string, operation: () => Promise<unknown>][] {
  const doctor = doctorOf(practice);
  const day = { from: `${TUESDAY}T06:00:00.000Z`, to: `${nextDate(TUESDAY)}T06:00:00.000Z`, limit: 200 };
  const start = at(date, MINUTES[Math.abs(round) % MINUTES.length]!);
  let requestId = "";
  let reservationId = "";
  const request = async () => {
    ({ requestId } = await asked(start, "Paciente de Paso"));
  };
  const approve = async () => {
    ({ reservationId } = await approved(requestId));
  };
  const cancel = () => Reservation.cancel(context, doctor, { reservationId, operation: once(context) });
  return [
    ["list a day", () => Listing.list(context, practice, day)],
    ["request", request],
    ["approve", approve],
    ["cancel", cancel],
    ["inbox", () => Request.inbox(context, doctor, practice, { status: "pending", limit: 50 })],
    ["agenda of a day", () => Reservation.agenda(context, doctor, practice, { from: TUESDAY, to: TUESDAY })],
    ["patient's timeline", () => Timeline.of(context, doctor, patientId, { limit: 50 })],
    ["due requests, none", () => Request.due(context, context.now())],
  ];
}

const named = (size: number): string => size.toLocaleString("en");

const worst = (readings: readonly Reading[], unit: "writeUnits" | "readUnits"): number =>
  Math.max(...readings.map((reading) => reading[unit]));

function unitsTable(sizes: readonly number[], found: readonly Readings[]): Table {
  const rows = [...found[0]!.keys()].map((name) => {
    const all = found.map((readings) => readings.get(name)!);
    const writes = all.map((readings) => worst(readings, "writeUnits"));
    const reads = all.map((readings) => worst(readings, "readUnits"));
    const growth = Math.max(writes.at(-1)! - writes[0]!, reads.at(-1)! - reads[0]!);
    const units: Cell[] = writes.flatMap((write, index) => [write || undefined, reads[index] || undefined]);
    return [name, ...units, { value: growth, atMost: 0 }];
  });
  return {
    title: "Units of DynamoDB by the number of bookings in the table, the worst of all rounds",
    columns: [
      { name: "operation" },
      ...sizes.flatMap((size) => [
        { name: named(size), unit: "WRU" },
        { name: named(size), unit: "RRU", digits: 1 },
      ]),
      { name: "growth", digits: 1 },
    ],
    rows,
    notes: [
      "The bookings are copies of hours that were booked through the verbs (slots, ledger, requests, reservations;",
      "other ids and times), written with BatchWriteItem: a clinic of 50 calendars, four hours a day, one visit in",
      "five not decided. The calendar that is measured is one of them.",
    ],
  };
}

function timesTable(sizes: readonly number[], found: readonly Readings[]): Table {
  const rows = [...found[0]!.keys()].map((name) => {
    const spreads = found.map((readings) =>
      spreadOf(readings.get(name)!.map(({ milliseconds }) => milliseconds)),
    );
    const [first, last] = [spreads[0]!, spreads.at(-1)!];
    return [
      name,
      ...spreads.flatMap(({ p50, p95 }) => [p50, p95]),
      Math.max(...spreads.map((spread) => spread.worst)),
      last.p50 / first.p50,
    ];
  });
  return {
    title: "Time by the number of bookings in the table, one call after another",
    columns: [
      { name: "operation" },
      ...sizes.flatMap((size) => [
        { name: `${named(size)} p50`, unit: "ms", digits: 1 },
        { name: "p95", digits: 1 },
      ]),
      { name: "worst", unit: "ms", digits: 1 },
      { name: "last to first", digits: 2 },
    ],
    rows,
    notes: [
      `The embedded database, in memory. ${found[0]!.values().next().value!.length} calls for each number.`,
    ],
  };
}

export const flat: Part = {
  name: "flat",
  about: "the same operations with 10 to 100,000 bookings in the table",
  run,
};
