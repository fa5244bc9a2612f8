import { internalName, type StoredEvent } from "../event/event.ts";
import type { Run } from "../run/run.ts";
import type { Store } from "./store.ts";

/** How much of what is over is kept. */
const kept = { runs: 2000, quietRunsPerFunction: 20, events: 2000, internalEvents: 200 };

/** Forgets old finished runs, old events that no run needs, and keys that have lapsed. */
export function prune(store: Store, now: number): void {
  store.transact(() => {
    for (const run of oldRuns(store)) {
      store.runs.delete(run.id);
      for (const step of store.stepsByRun.get(run.id)) store.steps.delete(`${run.id}/${step.hash}`);
    }
    for (const event of oldEvents(store)) store.events.delete(event.id);
    for (const [id, mark] of [...store.marks.entries()]) if (mark.until <= now) store.marks.delete(id);
    for (const [id, bucket] of [...store.buckets.entries()])
      if (bucket.arrival <= now) store.buckets.delete(id);
  });
  store.rewriteIfGrown();
}

/** Completed runs that a schedule or every other run's end starts are kept apart: they would crowd out the rest. */
function oldRuns(store: Store): Run[] {
  const finished = [...store.runs.values()]
    .filter((run) => run.endedAt !== undefined)
    .sort((a, b) => b.endedAt! - a.endedAt!);
  const isQuiet = (run: Run) =>
    run.status === "Completed" && (run.cron !== undefined || followsRuns(store, run));
  const quiet = Object.groupBy(finished.filter(isQuiet), (run) => run.functionId);
  return [
    ...finished.filter((run) => !isQuiet(run)).slice(kept.runs),
    ...Object.values(quiet).flatMap((runs) => runs?.slice(kept.quietRunsPerFunction) ?? []),
  ];
}

function followsRuns(store: Store, run: Run): boolean {
  return store.events.get(run.eventIds[0] ?? "")?.event.name === internalName.finished;
}

function oldEvents(store: Store): StoredEvent[] {
  const needed = new Set([
    ...[...store.gatherings.values()].flatMap((gathering) => gathering.eventIds),
    ...[...store.jobs.values()].flatMap((job) => (job.kind === "event" ? [job.eventId] : [])),
  ]);
  const free = [...store.events.values()]
    .filter((event) => !needed.has(event.id) && store.runsByEvent.count(event.id) === 0)
    .sort((a, b) => b.seq - a.seq);
  const { internal = [], own = [] } = Object.groupBy(free, ({ event }) =>
    event.name.startsWith("inngest/") ? "internal" : "own",
  );
  return [...own.slice(kept.events), ...internal.slice(kept.internalEvents)];
}
