import type { Bench, Part } from "./part.ts";
import { spreadOf } from "./report/statistics.ts";
import type { Cell, Table } from "./report/table.ts";
import { type Answer, type Caller, callerOf } from "./stage/caller.ts";
import { type Clinic, openClinic, wishOf } from "./stage/clinic.ts";
import { restedState } from "./stage/state.ts";
import { startTurno } from "./stage/turno.ts";

const CLIENTS = [1, 8, 32];
const OPERATIONS = ["list", "request", "approve", "reschedule", "cancel"] as const;
type Operation = (typeof OPERATIONS)[number];

/** Calls of each operation before those that count: code gets faster as it runs. */
const WARM_UP = 20;

/** One booking's way from a free slot to a free slot, a call at a time. */
type Way = Readonly<Record<Operation, (caller: Caller) => Promise<Answer>>>;

async function run(bench: Bench): Promise<Table[]> {
  const count = bench.quick ? 16 : 150;
  const { url } = await startTurno(bench, { state: await restedState(bench) });
  const caller = callerOf(url, 1);
  bench.ending(caller.close);
  const clinic = await openClinic(caller);
  const rows: Cell[][] = [];
  await measure(bench, url, clinic, await waysOf(clinic, WARM_UP), 1);
  for (const clients of CLIENTS) {
    rows.push(...(await measure(bench, url, clinic, await waysOf(clinic, count), clients)));
  }
  return [
    {
      title: `${count} calls of each operation over HTTP, by clients that call one after another`,
      columns: [
        { name: "operation" },
        { name: "clients" },
        { name: "requests/s" },
        { name: "p50", unit: "ms", digits: 1 },
        { name: "p95", unit: "ms", digits: 1 },
        { name: "p99", unit: "ms", digits: 1 },
        { name: "worst", unit: "ms", digits: 1 },
        { name: "failed" },
        { name: "then busy", unit: "s", digits: 1 },
      ],
      rows: OPERATIONS.flatMap((operation) => rows.filter(([name]) => name === operation)),
      notes: [
        "Against npm start, whose one process is gateway, Lambdas, relay, workflow engine, workflows and provider.",
        "The workflows that a call sets off run while others of its kind are measured, and then keep it busy for",
        "some time, which is awaited. Client, Turno and database share the cores.",
      ],
    },
  ];
}

/** Runs every operation for all of the bookings, and gives a row for each. */
async function measure(
  bench: Bench,
  url: string,
  clinic: Clinic,
  ways: readonly Way[],
  clients: number,
): Promise<Cell[][]> {
  const caller = callerOf(url, clients);
  const rows: Cell[][] = [];
  for (const operation of OPERATIONS) {
    bench.say(`${operation}, ${clients} clients`);
    const answers: Answer[] = [];
    const waiting = ways.values();
    const client = async (): Promise<void> => {
      for (const way of waiting) answers.push(await way[operation](caller));
    };
    const seconds = await secondsOf(() => Promise.all(Array.from({ length: clients }, client)));
    const { p50, p95, p99, worst } = spreadOf(answers.map(({ milliseconds }) => milliseconds));
    const failed = answers.filter(({ status }) => status >= 300);
    rows.push([
      operation,
      clients,
      answers.length / seconds,
      ...[p50, p95, p99, worst],
      { value: failed.length, atMost: 0 },
      await secondsOf(clinic.quiet),
    ]);
  }
  caller.close();
  return rows;
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1_000;
}

/** Every booking begins in a slot of its own and moves to another, which it gives back. */
async function waysOf(clinic: Clinic, count: number): Promise<Way[]> {
  const slots = await clinic.freeSlots("ana", "consulta");
  if (slots.length < 2 * count)
    throw new Error(`${2 * count} slots are needed, and ${slots.length} are free`);
  const doctor = await clinic.token("doctor");
  const profile = `/v1/profiles/${clinic.profileId("ana")}`;
  return slots.slice(0, count).map((slot, index) => {
    const other = slots[count + index]!;
    const date = slot.localStartTime.slice(0, 10);
    const body = wishOf(index, slot);
    let requestId = "";
    let reservationId = "";
    let link = "";
    const remember = (answer: Answer): Answer => {
      const told = answer.body as { requestId?: string; reservationId?: string; linkToken?: string };
      requestId = told.requestId ?? requestId;
      reservationId = told.reservationId ?? reservationId;
      link = told.linkToken ?? link;
      return answer;
    };
    return {
      list: (caller) => caller.send("GET", `${profile}/slots?from=${date}&to=${date}`),
      request: async (caller) => remember(await caller.send("POST", "/v1/requests", { body })),
      approve: async (caller) =>
        remember(await caller.send("POST", `/v1/requests/${requestId}/approve`, { token: doctor, body: {} })),
      reschedule: async (caller) =>
        remember(
          await caller.send("POST", `/v1/reservations/${reservationId}/reschedule`, {
            token: link,
            body: { slotId: other.slotId },
          }),
        ),
      cancel: (caller) =>
        caller.send("POST", `/v1/reservations/${reservationId}/cancel`, { token: link, body: {} }),
    };
  });
}

export const load: Part = {
  name: "load",
  about: "requests per second and latency over HTTP with 1, 8 and 32 clients",
  run,
};
