import { createHash } from "node:crypto";
import { ulid } from "ulid";
import * as z from "zod";
import type { Context } from "../context.ts";
import { second } from "../definition/duration.ts";
import { enqueue } from "../run/job.ts";
import type { InngestEvent } from "./event.ts";

/** Events that the service does not take; none of the request's events was kept. */
export class EventRefused extends Error {
  override readonly name = "EventRefused";
}

const most = { events: 5000, bytes: 512 * 1024, name: 512 };
const earliest = Date.UTC(1980, 0);
const latest = Date.UTC(2100, 0);

const incoming = z.object({
  name: z.string().min(1).max(most.name),
  data: z
    .record(z.string(), z.unknown())
    .nullish()
    .transform((data) => data ?? {}),
  id: z.string().nullish(),
  ts: z.number().nullish(),
  user: z.record(z.string(), z.unknown()).nullish(),
  v: z.string().nullish(),
});

/**
 * Keeps the events of one request and gives their engine ids. They are on disk when this returns; what they set in
 * motion follows later.
 *
 * @param body one event or a list
 * @param seed the SDK's `x-inngest-event-id-seed`: a request repeated with the same seed keeps nothing twice
 * @throws EventRefused
 */
export function receiveEvents(context: Context, body: unknown, seed?: string): string[] {
  const list = Array.isArray(body) ? body : [body];
  if (list.length > most.events) throw new EventRefused(`more than ${most.events} events in one request`);
  const events = list.map(readEvent);
  return context.store.transact(() =>
    events.map((event, index) => {
      const id = seed ? seededId(seed, index) : context.newId();
      const ts = timeOf(event.ts, context.clock.now());
      return keepEvent(context, id, { ...event, id: event.id || id, ts });
    }),
  );
}

/** Keeps an event of the engine's own. */
export function emitEvent(
  context: Context,
  event: { name: string; data: Record<string, unknown>; id?: string },
): void {
  const id = context.newId();
  keepEvent(context, id, { id, ts: context.clock.now(), user: {}, ...event });
}

function keepEvent(context: Context, id: string, event: InngestEvent): string {
  const { store, clock } = context;
  if (store.events.get(id)) return id;
  const receivedAt = clock.now();
  store.events.put(id, { id, event, receivedAt, seq: store.next() });
  enqueue(context, { kind: "event", eventId: id }, receivedAt);
  return id;
}

type Incoming = Omit<InngestEvent, "id" | "ts"> & { id?: string; ts?: number };

function readEvent(body: unknown): Incoming {
  const read = incoming.safeParse(body);
  if (!read.success) throw new EventRefused(`not an event: ${z.prettifyError(read.error)}`);
  const { name, data, id, ts, user, v } = read.data;
  if (name.startsWith("inngest/")) throw new EventRefused(`the name ${name} is reserved`);
  if (ts && (ts < earliest || ts > latest))
    throw new EventRefused(`the time ${ts} of ${name} is not in milliseconds`);
  const bytes = Buffer.byteLength(JSON.stringify(body));
  if (bytes > most.bytes) throw new EventRefused(`${name} has ${bytes} bytes, more than ${most.bytes}`);
  const { _inngest: reserved, ...rest } = data;
  return { name, data: rest, user: user ?? {}, ...(id && { id }), ...(ts && { ts }), ...(v && { v }) };
}

/**
 * The SDK stamps the real time on every event that has none. Such a stamp becomes the engine's time, or an engine ahead
 * of or behind real time would start runs late or tell functions of two times. A time the sender chose is kept.
 */
function timeOf(ts: number | undefined, now: number): number {
  if (ts === undefined) return now;
  const age = Date.now() - ts;
  return age > -second && age < 300 * second ? now : ts;
}

/** The same ULID for the same place in the same request: `seed` is `<milliseconds>,<entropy>`. */
function seededId(seed: string, index: number): string {
  const digest = createHash("sha256").update(`${seed}#${index}`).digest();
  const milliseconds = Number(seed.split(",")[0]);
  let next = 0;
  return ulid(Number.isSafeInteger(milliseconds) ? milliseconds : 0, () => digest[next++]! / 256);
}
