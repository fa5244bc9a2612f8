import { readRoutes } from "./core/api.ts";
import { gaugeOf, type Reading } from "./core/gauge.ts";
import { readOperations } from "./core/operations.ts";
import { kindOf, rowsOf, sizeOf } from "./core/rows.ts";
import { openDatabase } from "./core/table.ts";
import { brief, demo, full, type Writing } from "./core/writing.ts";
import type { Bench, Part } from "./part.ts";
import type { Cell, Table } from "./report/table.ts";

/** On demand, us-east-1, in dollars for a million units (aws.amazon.com/dynamodb/pricing/on-demand). */
const WRITE_PRICE = 0.625;
const READ_PRICE = 0.125;

/** What an operation should cost at most. */
const targets: Readonly<Record<string, Partial<Omit<Reading, "milliseconds">>>> = {
  "list a day": { waves: 1, readUnits: 2.5 },
  request: { roundTrips: 1, writeUnits: 11 },
  approve: { writeUnits: 13 },
  cancel: { writeUnits: 10 },
  "reschedule in the hour": { writeUnits: 16 },
};

/** A row of at most so many bytes is written for one unit. */
const UNIT_BYTES = 1024;

interface Found {
  readonly readings: ReadonlyMap<string, Reading>;
  /** The largest row of each kind, in bytes. */
  readonly sizes: ReadonlyMap<string, number>;
}

async function run(bench: Bench): Promise<Table[]> {
  const newTable = await openDatabase(bench);
  const found = async (name: string, writing: Writing): Promise<Found> => {
    bench.say(`${name} texts`);
    const context = await newTable(name);
    const readings = await readOperations(context, gaugeOf(context), writing);
    const sizes = new Map<string, number>();
    for (const row of await rowsOf(context)) {
      sizes.set(kindOf(row), Math.max(sizes.get(kindOf(row)) ?? 0, sizeOf(row)));
    }
    return { readings, sizes };
  };
  const all = [await found("brief", brief), await found("demo", demo), await found("full", full)] as const;
  bench.say("through the API");
  const context = await newTable("api");
  const routes = await readRoutes(context, gaugeOf(context));
  return [unitsTable(...all), routesTable(routes), sizesTable(...all)];
}

const held = (value: number | undefined, atMost: number | undefined): Cell =>
  value === undefined || atMost === undefined ? value : { value, atMost };

const unitsTable = (short: Found, long: Found, most: Found): Table => ({
  title: "What one call of a verb asks of DynamoDB",
  columns: [
    { name: "operation" },
    { name: "round trips" },
    { name: "in a row" },
    { name: "brief", unit: "WRU" },
    { name: "demo", unit: "WRU" },
    { name: "full", unit: "WRU" },
    { name: "reads", unit: "RRU", digits: 1 },
    { name: "a million", unit: "$", digits: 2 },
  ],
  rows: [...long.readings].map(([name, { roundTrips, waves, writeUnits, readUnits }]) => {
    const target = targets[name] ?? {};
    return [
      name,
      held(roundTrips, target.roundTrips),
      held(waves, target.waves),
      held(short.readings.get(name)?.writeUnits, target.writeUnits),
      held(writeUnits, target.writeUnits),
      most.readings.get(name)?.writeUnits,
      held(readUnits, target.readUnits),
      writeUnits * WRITE_PRICE + readUnits * READ_PRICE,
    ];
  }),
  notes: [
    "As the database counts them (ReturnConsumedCapacity); the price is that of the demo's texts.",
    "In a row: round trips that each wait for the one before. The clinic, the profile and its services are",
    "remembered for 30 s: after the first list they are not read again here.",
    "Texts: brief ones; the demo's longest with e-mail and two sentences; every field of the API full.",
  ],
});

const routesTable = (routes: ReadonlyMap<string, Reading>): Table => ({
  title: "What one call of the API asks of DynamoDB, with brief texts",
  columns: [
    { name: "route" },
    { name: "round trips" },
    { name: "in a row" },
    { name: "writes", unit: "WRU" },
    { name: "reads", unit: "RRU", digits: 1 },
  ],
  rows: [...routes].map(([name, { roundTrips, waves, writeUnits, readUnits }]) => [
    name,
    roundTrips,
    waves,
    writeUnits,
    readUnits,
  ]),
  notes: [
    "In a Lambda that is warm: who calls, the clinic, the profile and its services are remembered for 30 s.",
  ],
});

/** The rows that a booking writes. */
const booked = ["request", "resv", "slot", "hour", "outbox", "audit"];

const sizesTable = (short: Found, long: Found, most: Found): Table => ({
  title: "The largest row of each kind",
  columns: [
    { name: "row" },
    { name: "brief", unit: "bytes" },
    { name: "demo", unit: "bytes" },
    { name: "full", unit: "bytes" },
  ],
  rows: booked.map((kind) => [
    kind,
    held(short.sizes.get(kind), UNIT_BYTES),
    held(long.sizes.get(kind), UNIT_BYTES),
    most.sizes.get(kind),
  ]),
  notes: ["A row of more than 1,024 bytes is written for two units, in a transaction for four."],
});

export const cost: Part = {
  name: "cost",
  about: "round trips and units of DynamoDB for each operation",
  run,
};
