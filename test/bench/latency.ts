import { setTimeout as wait } from "node:timers/promises";
import type { Bench, Part } from "./part.ts";
import { spreadOf } from "./report/statistics.ts";
import type { Cell, Table } from "./report/table.ts";
import { type Caller, callerOf } from "./stage/caller.ts";
import { type FreeSlot, openClinic, phoneOf, wishOf } from "./stage/clinic.ts";
import { restedState } from "./stage/state.ts";
import { startTurno } from "./stage/turno.ts";

const AT_ONCE = 20;

interface Message {
  readonly template: string;
  readonly receivedAt: string;
}

async function run(bench: Bench): Promise<Table[]> {
  const count = bench.quick ? 20 : 100;
  const { url } = await startTurno(bench, { state: await restedState(bench) });
  const caller = callerOf(url, AT_ONCE);
  bench.ending(caller.close);
  const clinic = await openClinic(caller);
  // Both services share a calendar: one is asked for in its first days, the other is booked in its last.
  const toAsk = await clinic.freeSlots("ana", "consulta");
  const toBook = (await clinic.freeSlots("ana", "seguimiento")).toReversed();

  let person = 0;
  const measure = async (free: FreeSlot[], together: number, template: string): Promise<number[]> => {
    const delays: number[] = [];
    for (let first = 0; first < free.length; first += together) {
      bench.say(`${template}, ${together} at once, ${first} of ${free.length}`);
      const round = free.slice(first, first + together);
      const all = round.map((slot) => delayOf(caller, person++, slot, template));
      delays.push(...(await Promise.all(all)));
      // What the doctor is told comes after what the patient is told.
      await clinic.quiet();
    }
    return delays;
  };
  const rows: Cell[][] = [];
  for (const together of [1, AT_ONCE]) {
    const received = await measure(toAsk.splice(0, count), together, "request_received");
    rows.push(row("asked for, then: we have your request", together, received));
  }
  for (const together of [1, AT_ONCE]) {
    const confirmed = await measure(toBook.splice(0, count / 2), together, "appointment_confirmed");
    rows.push(row("booked, then: your visit is confirmed", together, confirmed));
  }
  return [
    {
      title: "From the answer of a booking to its message at the provider",
      columns: [
        { name: "booking" },
        { name: "at once" },
        { name: "bookings" },
        { name: "p50", unit: "ms" },
        { name: "p95", unit: "ms" },
        { name: "p99", unit: "ms" },
        { name: "worst", unit: "ms" },
      ],
      rows,
      notes: [
        "Outbox, relay, event, workflow and its steps, channel, stand-in provider: all in the process of npm start.",
        "By the time that the provider writes down. Each round begins when the workflows of the last are done.",
      ],
    },
  ];
}

/** Milliseconds from the answer until the provider has the message. Throws when it does not come. */
async function delayOf(caller: Caller, person: number, slot: FreeSlot, template: string): Promise<number> {
  await caller.take("POST", "/v1/requests", { body: wishOf(person, slot) });
  const answeredAt = Date.now();
  const query = new URLSearchParams({ to: phoneOf(person) });
  for (;;) {
    const { items } = await caller.take<{ items: Message[] }>("GET", `/_local/messages?${query}`);
    const message = items.find((item) => item.template === template);
    if (message) return Math.max(0, Date.parse(message.receivedAt) - answeredAt);
    if (Date.now() - answeredAt > PATIENCE_MS) throw new Error(`${template} does not come`);
    await wait(LOOK_EVERY_MS);
  }
}

/** Seldom enough that looking does not slow down what is looked for. */
const LOOK_EVERY_MS = 50;
const PATIENCE_MS = 60_000;

function row(name: string, together: number, delays: readonly number[]): Cell[] {
  const { count, p50, p95, p99, worst } = spreadOf(delays);
  return [name, together, count, p50, p95, p99, worst];
}

export const latency: Part = {
  name: "latency",
  about: "from a booking to its message at the provider",
  run,
};
