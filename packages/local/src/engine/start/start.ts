import type { Context } from "../context.ts";
import type { Definition } from "../definition/definition.ts";
import { day, durationMs, momentOf, second, year } from "../definition/duration.ts";
import { invocationOf, type StoredEvent } from "../event/event.ts";
import { evaluate } from "../expression/expression.ts";
import { answerInvocation, finishRun } from "../run/finish.ts";
import { discovery, enqueue } from "../run/job.ts";
import { addPause } from "../run/pause.ts";
import type { Run } from "../run/run.ts";
import { isFirst, keyOf, passesRateLimit, slotsOf } from "./limit.ts";

/** The service remembers an event's id, and an idempotency key, this long. */
const idempotencyPeriod = day;
const priorityBound = 12 * 60 * 60;

/**
 * Starts a run, unless a limit of the function drops it: an event id seen before, its rate limit, its idempotency key
 * or its singleton.
 */
export function startRun(
  context: Context,
  definition: Definition,
  events: readonly StoredEvent[],
  cron?: string,
): void {
  const [first] = events;
  if (!first) return;
  const dropped = droppedBy(context, definition, events);
  if (dropped) {
    const error = { name: "InngestFunctionSkipped", message: `${definition.id} was not started: ${dropped}` };
    for (const event of events) answerInvocation(context, event, { status: "Failed", error });
    return;
  }
  createRun(context, definition, events, cron);
}

function droppedBy(
  context: Context,
  definition: Definition,
  events: readonly StoredEvent[],
): string | undefined {
  const { id, idempotency, singleton } = definition;
  const { event } = events[0]!;
  if (events.length === 1 && !isFirst(context, `event|${id}|${event.id}`, idempotencyPeriod))
    return "duplicate event";
  if (!passesRateLimit(context, definition, event)) return "rate limit";
  if (idempotency && !isFirst(context, `key|${id}|${keyOf(idempotency, event)}`, idempotencyPeriod))
    return "idempotency";
  if (!singleton) return undefined;
  const running = singletonRun(context, definition, keyOf(singleton.key, event));
  if (running && singleton.mode === "skip") return "singleton";
  if (running) finishRun(context, running.id, { status: "Cancelled" });
  return undefined;
}

function singletonRun({ store }: Context, { id }: Definition, key: string): Run | undefined {
  return store.runsByFunction.get(id).find((run) => run.status === "Running" && run.singleton === key);
}

/** Starts a run whatever the limits say, as an operator's rerun does, and gives its id. */
export function createRun(
  context: Context,
  definition: Definition,
  events: readonly StoredEvent[],
  cron?: string,
): string {
  const { store, clock } = context;
  const { event, seq } = events[0]!;
  const now = clock.now();
  const id = context.newId();
  store.runs.put(id, {
    id,
    functionId: definition.id,
    eventIds: events.map((one) => one.id),
    ...(cron && { cron }),
    status: "Running",
    queuedAt: now,
    version: -1,
    forcePlan: false,
    pending: [],
    stateSize: 0,
    slots: slotsOf(definition, event),
    ...(definition.singleton && { singleton: keyOf(definition.singleton.key, event) }),
  });
  for (const { event: name, if: condition, timeout } of definition.cancel) {
    const expiresAt = timeout ? momentOf(timeout, now) : now + year;
    addPause(context, {
      kind: "cancel",
      runId: id,
      seq,
      expiresAt,
      event: name,
      ...(condition && { condition }),
    });
  }
  const { start } = definition.timeouts;
  if (start) enqueue(context, { kind: "startTimeout", runId: id }, now + durationMs(start));
  // An event with a time in the future starts its runs then.
  const at = Math.max(now, invocationOf(event) ? now : event.ts) - priorityMs(definition, event);
  enqueue(context, { kind: "execute", runId: id, stepId: discovery, attempt: 0 }, at);
  return id;
}

/** How much earlier (later, if negative) than others that are due a run begins. */
function priorityMs({ priority }: Definition, event: StoredEvent["event"]): number {
  if (!priority?.run) return 0;
  const seconds = Number(evaluate(priority.run, event));
  return Number.isFinite(seconds) ? Math.max(-priorityBound, Math.min(priorityBound, seconds)) * second : 0;
}
