import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Bench, Part } from "./part.ts";
import { spreadOf } from "./report/statistics.ts";
import type { Table } from "./report/table.ts";
import { type RunningProcess, treeOf } from "./stage/process-tree.ts";
import { emptyFolder } from "./stage/state.ts";
import { startTurno } from "./stage/turno.ts";

const READY_WITHIN_S = 5;
const MEMORY_MB = 400;
const MEGABYTE = 1_000_000;

/** One start, from the call of npm to the end. */
interface Start {
  readonly seconds: number;
  /** When it had settled. */
  readonly processes: readonly RunningProcess[];
}

async function run(bench: Bench): Promise<Table[]> {
  const times = bench.quick ? 1 : 5;
  const folder = emptyFolder(bench);
  const fresh: Start[] = [];
  const existing: Start[] = [];
  for (let time = 1; time <= times; time++) {
    const state = join(folder, `${time}`);
    bench.say(`first start, ${time} of ${times}`);
    fresh.push(await startOnce(bench, state));
    bench.say(`next start, ${time} of ${times}`);
    existing.push(await startOnce(bench, state));
  }
  return [
    {
      title: "npm start, from the call of npm to the line that says ready",
      columns: [
        { name: "state" },
        { name: "starts" },
        { name: "p50", unit: "s", digits: 2 },
        { name: "worst", unit: "s", digits: 2 },
        { name: "memory", unit: "MB" },
      ],
      rows: [row("fresh, with the demo clinic", fresh), row("from before", existing)],
      notes: [
        "Memory: the largest sum of the resident sets of all its processes, 10 s later (2 s when quick).",
      ],
    },
    memoryTable(fresh.at(-1)!.processes),
  ];
}

async function startOnce(bench: Bench, state: string): Promise<Start> {
  const turno = await startTurno(bench, { state });
  // Long enough for what a start sets off, such as its first workflows.
  await wait(bench.quick ? 2_000 : 10_000);
  const processes = treeOf(turno.pid);
  await turno.end();
  return { seconds: turno.readyAfterMs / 1_000, processes };
}

const megabytes = (processes: readonly RunningProcess[]): number =>
  processes.reduce((sum, { residentBytes }) => sum + residentBytes, 0) / MEGABYTE;

function row(name: string, starts: readonly Start[]) {
  const { count, p50, worst } = spreadOf(starts.map(({ seconds }) => seconds));
  const memory = Math.max(...starts.map(({ processes }) => megabytes(processes)));
  return [name, count, p50, { value: worst, atMost: READY_WITHIN_S }, { value: memory, atMost: MEMORY_MB }];
}

const memoryTable = (processes: readonly RunningProcess[]): Table => ({
  title: "The processes of the last fresh start",
  columns: [{ name: "process" }, { name: "memory", unit: "MB", digits: 1 }],
  rows: processes
    .toSorted((a, b) => b.residentBytes - a.residentBytes)
    .map((each) => [nameOf(each), megabytes([each])]),
});

/** Its program and its script, without the folders that they are in. */
const nameOf = ({ command }: RunningProcess): string =>
  command
    .split(" ")
    .map((word) => word.split("/").at(-1)!)
    .join(" ")
    .slice(0, 60);

export const start: Part = { name: "start", about: "time to ready and memory of npm start", run };
