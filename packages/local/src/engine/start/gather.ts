import type { Context } from "../context.ts";
import type { Definition } from "../definition/definition.ts";
import { day, durationMs } from "../definition/duration.ts";
import type { StoredEvent } from "../event/event.ts";
import { accepts } from "../expression/expression.ts";
import { enqueue } from "../run/job.ts";
import { isFirst, keyOf } from "./limit.ts";
import { startRun } from "./start.ts";

/** Starts a function for an event: at once, or when its debounce or batch lets it. */
export function admit(context: Context, definition: Definition, stored: StoredEvent): void {
  const { debounce, batchEvents } = definition;
  if (debounce) putOff(context, definition, stored);
  else if (batchEvents && (!batchEvents.if || accepts(batchEvents.if, stored.event)))
    collect(context, definition, stored);
  else startRun(context, definition, [stored]);
}

/** Each event replaces the one before and begins the quiet time again, up to the deadline of the first. */
function putOff(context: Context, { id: functionId, debounce }: Definition, stored: StoredEvent): void {
  const { store, clock } = context;
  const { period, timeout, key } = debounce!;
  const id = `debounce|${functionId}|${keyOf(key, stored.event)}`;
  const before = store.gatherings.get(id);
  const held = store.events.get(before?.eventIds[0] ?? "");
  // An older event that arrives late says nothing new.
  if (held && held.event.ts > stored.event.ts) return;
  if (before) store.jobs.delete(before.jobId);
  const now = clock.now();
  const deadline = before ? before.deadline : timeout ? now + durationMs(timeout) : undefined;
  const at = Math.min(now + durationMs(period), deadline ?? Number.POSITIVE_INFINITY);
  const jobId = enqueue(context, { kind: "release", gatheringId: id }, at);
  store.gatherings.put(id, { id, functionId, eventIds: [stored.id], jobId, ...(deadline && { deadline }) });
}

/** Events wait for each other until there are enough or the first has waited long enough. */
function collect(context: Context, { id: functionId, batchEvents }: Definition, stored: StoredEvent): void {
  const { store, clock } = context;
  const { maxSize, timeout, key } = batchEvents!;
  if (!isFirst(context, `batched|${functionId}|${stored.event.id}`, day)) return;
  const id = `batch|${functionId}|${keyOf(key, stored.event)}`;
  const before = store.gatherings.get(id);
  const eventIds = [...(before?.eventIds ?? []), stored.id];
  const jobId =
    before?.jobId ??
    enqueue(context, { kind: "release", gatheringId: id }, clock.now() + durationMs(timeout));
  store.gatherings.put(id, { id, functionId, eventIds, jobId });
  if (eventIds.length >= maxSize) release(context, id);
}

/** Starts the run that a debounce or batch held back. */
export function release(context: Context, gatheringId: string): void {
  const { store } = context;
  const gathering = store.gatherings.get(gatheringId);
  if (!gathering) return;
  store.gatherings.delete(gatheringId);
  store.jobs.delete(gathering.jobId);
  const definition = store.definitions.get(gathering.functionId);
  const events = gathering.eventIds.map((id) => store.events.get(id)).filter((event) => event !== undefined);
  if (definition) startRun(context, definition, events);
}
