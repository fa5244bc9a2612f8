import { join } from "node:path";
import { startDatabase } from "@turno/local/database";
import { startConflictProxy } from "../faults/conflict-proxy.ts";
import type { Bench, Part } from "./part.ts";
import { spreadOf } from "./report/statistics.ts";
import type { Cell, Table } from "./report/table.ts";
import { type Answer, type Caller, callerOf } from "./stage/caller.ts";
import { type Clinic, type FreeSlot, openClinic, wishOf } from "./stage/clinic.ts";
import { restedState } from "./stage/state.ts";
import { startTurno } from "./stage/turno.ts";

/** What many want at the same moment. */
interface Rush {
  readonly name: string;
  readonly profile: string;
  readonly service: string;
  readonly clients: number;
  readonly seats: number;
}

const rushes: readonly Rush[] = [
  { name: "one slot", profile: "ana", service: "consulta", clients: 200, seats: 1 },
  { name: "20 seats", profile: "sofia", service: "taller", clients: 60, seats: 20 },
];

const MOST_CLIENTS = 200;
/** Of a transaction and of any other call on AWS, roughly. */
const AWS = { latencyMs: 15, readLatencyMs: 5, throttleRate: 0, lostResponseRate: 0, seed: 1 };

async function run(bench: Bench): Promise<Table[]> {
  const rows: Cell[][] = [];
  for (const isLikeAws of [false, true]) {
    const state = await restedState(bench);
    const database = await startDatabase({ path: join(state, "table.db") });
    bench.ending(database.stop);
    const proxy = isLikeAws ? await startConflictProxy({ ...AWS, target: database.endpoint }) : undefined;
    if (proxy) bench.ending(proxy.close);
    bench.say("starting Turno");
    const turno = await startTurno(bench, { state, databaseEndpoint: proxy?.endpoint ?? database.endpoint });
    const caller = callerOf(turno.url, MOST_CLIENTS);
    bench.ending(caller.close);
    const clinic = await openClinic(caller);
    for (const rush of rushes) {
      const conflictsBefore = proxy?.counters.transactionConflicts ?? 0;
      const rounds = await roundsOf(bench, caller, clinic, rush);
      const conflicts = proxy && proxy.counters.transactionConflicts - conflictsBefore;
      rows.push(rowOf(rush, rounds, isLikeAws, conflicts));
    }
    await turno.end();
  }
  return [
    {
      title: "Clients that want the same at the same moment, over HTTP",
      columns: [
        { name: "wanted" },
        { name: "database" },
        { name: "clients" },
        { name: "rounds" },
        { name: "winners" },
        { name: "409" },
        { name: "5xx" },
        { name: "other" },
        { name: "round p50", unit: "ms" },
        { name: "round worst", unit: "ms" },
        { name: "conflicts" },
      ],
      rows,
      notes: [
        "Winners in each round, fewest to most; the answers of all rounds. A round ends with its last answer.",
        `Like AWS: a proxy that lets a transaction take ${AWS.latencyMs} ms, any other call ${AWS.readLatencyMs} ms, and cancels transactions`,
        "on items that another one holds; conflicts are those that it cancelled, workflows' included.",
      ],
    },
  ];
}

interface Round {
  readonly milliseconds: number;
  readonly answers: readonly Answer[];
}

async function roundsOf(bench: Bench, caller: Caller, clinic: Clinic, rush: Rush): Promise<Round[]> {
  const slots = await clinic.freeSlots(rush.profile, rush.service);
  const chosen = slots.slice(0, bench.quick ? 2 : 10);
  const rounds: Round[] = [];
  for (const slot of chosen) {
    bench.say(`${rush.clients} clients, ${rush.name}, round ${rounds.length + 1} of ${chosen.length}`);
    rounds.push(await roundOf(caller, rush.clients, slot));
    await clinic.quiet();
  }
  return rounds;
}

async function roundOf(caller: Caller, clients: number, slot: FreeSlot): Promise<Round> {
  const began = performance.now();
  const answers = await Promise.all(
    Array.from({ length: clients }, (_, person) =>
      caller.send("POST", "/v1/requests", { body: wishOf(person, slot) }),
    ),
  );
  return { milliseconds: performance.now() - began, answers };
}

function rowOf(
  { name, clients }: Rush,
  rounds: readonly Round[],
  isLikeAws: boolean,
  conflicts: number | undefined,
): Cell[] {
  const statuses = rounds.flatMap(({ answers }) => answers.map(({ status }) => status));
  const winners = rounds.map(({ answers }) => answers.filter(({ status }) => status === 201).length);
  const [fewest, most] = [Math.min(...winners), Math.max(...winners)];
  const { p50, worst } = spreadOf(rounds.map(({ milliseconds }) => milliseconds));
  const count = (is: (status: number) => boolean): number => statuses.filter(is).length;
  return [
    name,
    isLikeAws ? "like AWS" : "embedded",
    clients,
    rounds.length,
    fewest === most ? `${most}` : `${fewest}–${most}`,
    count((status) => status === 409),
    { value: count((status) => status >= 500), atMost: 0 },
    { value: count((status) => status !== 201 && status !== 409 && status < 500), atMost: 0 },
    p50,
    worst,
    conflicts,
  ];
}

export const contention: Part = {
  name: "contention",
  about: "200 clients on one slot and 60 on 20 seats, also as on AWS",
  run,
};
