import type { Context } from "../context.ts";
import { nextTick } from "../definition/cron.ts";
import type { Definition } from "../definition/definition.ts";
import { internalName, invocationOf, patternsOf, type StoredEvent } from "../event/event.ts";
import { accepts } from "../expression/expression.ts";
import { answerInvocation } from "../run/finish.ts";
import { enqueue } from "../run/job.ts";
import { resolvePauses } from "../run/resume.ts";
import { admit } from "./gather.ts";
import { startRun } from "./start.ts";

/** Everything an event sets in motion: runs that wait for it go on or end, functions it triggers start. */
export function handleEvent(context: Context, eventId: string): void {
  const stored = context.store.events.get(eventId);
  if (!stored) return;
  resolvePauses(context, stored);
  const invocation = invocationOf(stored.event);
  if (invocation) invoke(context, invocation.functionId, stored);
  else for (const definition of triggered(context, stored)) admit(context, definition, stored);
}

function invoke(context: Context, functionId: string, stored: StoredEvent): void {
  const definition = context.store.definitions.get(functionId);
  if (definition) {
    admit(context, definition, stored);
  } else {
    const error = { name: "Error", message: `could not find function with ID: ${functionId}` };
    answerInvocation(context, stored, { status: "Failed", error });
  }
}

function triggered({ store }: Context, { event }: StoredEvent): Definition[] {
  const patterns = patternsOf(event.name);
  return [...store.definitions.values()].filter(({ triggers }) =>
    triggers.some(
      (trigger) =>
        "event" in trigger &&
        patterns.includes(trigger.event) &&
        (!trigger.expression || accepts(trigger.expression, event)),
    ),
  );
}

/** Plans the next tick of each schedule of the functions, and forgets schedules that are gone. */
export function planTicks(context: Context): void {
  const { store, clock } = context;
  const wanted = [...store.definitions.values()].flatMap(({ id, triggers }) =>
    triggers.flatMap((trigger) => ("cron" in trigger ? [{ functionId: id, cron: trigger.cron }] : [])),
  );
  const nameOf = (one: { functionId: string; cron: string }) => `${one.functionId} ${one.cron}`;
  const planned = [...store.jobs.values()].filter((job) => job.kind === "tick");
  const names = new Set(wanted.map(nameOf));
  for (const job of planned) if (!names.has(nameOf(job))) store.jobs.delete(job.id);
  const kept = new Set(planned.map(nameOf));
  for (const one of wanted) if (!kept.has(nameOf(one))) planTick(context, one, clock.now());
}

function planTick(context: Context, one: { functionId: string; cron: string }, after: number): void {
  const at = nextTick(one.cron, after);
  if (at !== undefined) enqueue(context, { kind: "tick", ...one }, at);
}

/**
 * Starts a scheduled function. Ticks that were missed while nobody ran the engine are not made up for one by one: the
 * last planned one runs late, the next is in the future.
 */
export function handleTick(context: Context, functionId: string, cron: string, at: number): void {
  const { store, clock } = context;
  planTick(context, { functionId, cron }, Math.max(at, clock.now()));
  const definition = store.definitions.get(functionId);
  if (!definition) return;
  const id = context.newId();
  const tick = new Date(at).toISOString().replace(".000", "");
  const data = { cron, scheduledAt: tick };
  const event = { name: internalName.timer, id: tick, ts: at, user: {}, data };
  const stored = { id, event, receivedAt: clock.now(), seq: store.next() };
  store.events.put(id, stored);
  startRun(context, definition, [stored], cron);
}
