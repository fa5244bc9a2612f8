import type { StoredEvent } from "../event/event.ts";
import type { Run, RunError, RunStatus, Step, StepStatus } from "../run/run.ts";
import type { Store } from "../state/store.ts";

/** A run as people and programs look at it; times are ISO. */
export interface RunView {
  readonly id: string;
  readonly functionId: string;
  readonly status: RunStatus;
  /** The event that started it, by the sender's id; a batch has more, of which this is the first. */
  readonly event: { readonly name: string; readonly id: string };
  readonly queuedAt: string;
  readonly startedAt?: string;
  readonly endedAt?: string;
  readonly output?: unknown;
  readonly error?: RunError;
  /** When the first of its sleeping or waiting steps goes on at the latest. */
  readonly sleepingUntil?: string;
  readonly steps: readonly StepView[];
}

export interface StepView {
  /** The id in the code, with its index when it repeats. */
  readonly id: string;
  readonly name: string;
  readonly op: string;
  readonly status: StepStatus;
  readonly data?: unknown;
  readonly error?: RunError;
  /** When it ended, or was reported if it has not. */
  readonly at: string;
  readonly until?: string;
}

export interface RunFilter {
  /** The function's id, with or without the app's name before it. */
  readonly workflow?: string | undefined;
  /** In any case, `running` or `Running`. */
  readonly status?: string | undefined;
  /** The newest so many; 100 if not given. */
  readonly limit?: number | undefined;
}

const defaultLimit = 100;

/** The runs that match, newest first. */
export function viewRuns(
  store: Store,
  { workflow, status, limit = defaultLimit }: RunFilter = {},
): RunView[] {
  return [...store.runs.values()]
    .filter((run) => !workflow || namesOf(store, run).includes(workflow))
    .filter((run) => !status || run.status.toLowerCase() === status.toLowerCase())
    .sort((a, b) => (a.id < b.id ? 1 : -1))
    .slice(0, limit)
    .map((run) => viewRun(store, run));
}

function namesOf({ definitions }: Store, { functionId }: Run): string[] {
  const app = definitions.get(functionId)?.app;
  return [functionId, app ? functionId.slice(app.length + 1) : functionId];
}

function viewRun(store: Store, run: Run): RunView {
  const event = store.events.get(run.eventIds[0] ?? "")?.event;
  const steps = store.stepsByRun.get(run.id);
  const waiting = run.status === "Running" ? steps.filter((step) => step.order === undefined) : [];
  const until = Math.min(...waiting.map((step) => step.until ?? Number.POSITIVE_INFINITY));
  return {
    id: run.id,
    functionId: run.functionId,
    status: run.status,
    event: { name: event?.name ?? "", id: event?.id ?? "" },
    queuedAt: iso(run.queuedAt),
    ...(run.startedAt !== undefined && { startedAt: iso(run.startedAt) }),
    ...(run.endedAt !== undefined && { endedAt: iso(run.endedAt) }),
    ...(run.output !== undefined && { output: run.output }),
    ...(run.error && { error: run.error }),
    ...(Number.isFinite(until) && { sleepingUntil: iso(until) }),
    steps: steps.map(viewStep),
  };
}

function viewStep(step: Step): StepView {
  const data = dataOf(step);
  return {
    id: step.id,
    name: step.name,
    op: step.op,
    status: step.status,
    ...(data !== undefined && { data }),
    ...(step.error && { error: step.error }),
    at: iso(step.endedAt ?? step.reportedAt),
    ...(step.until !== undefined && step.order === undefined && { until: iso(step.until) }),
  };
}

/** A result without the envelope that the SDK wants around it. */
function dataOf({ op, memo }: Step): unknown {
  if (op === "WaitForEvent" || memo === null || typeof memo !== "object") return memo;
  return "data" in memo ? memo.data : undefined;
}

/** A run as `GET /v1/runs/:id` of the service shows it. */
export function publicRun(run: Run) {
  return {
    run_id: run.id,
    function_id: run.functionId,
    function_version: 1,
    environment_id: "local",
    event_id: run.eventIds[0] ?? null,
    status: run.status,
    run_started_at: iso(run.startedAt ?? run.queuedAt),
    ended_at: run.endedAt === undefined ? null : iso(run.endedAt),
    output: run.error ?? run.output ?? null,
  };
}

/** A run as the service's second API shows it. */
export function publicRunV2(run: Run) {
  return {
    id: run.id,
    functionId: run.functionId,
    status: run.status.toUpperCase(),
    eventIds: run.eventIds,
    queuedAt: iso(run.queuedAt),
    startedAt: run.startedAt === undefined ? null : iso(run.startedAt),
    endedAt: run.endedAt === undefined ? null : iso(run.endedAt),
    output: run.error ?? run.output ?? null,
  };
}

/** An event as `GET /v1/events` of the service shows it: `internal_id` is what `send` gave back. */
export function publicEvent({ id, event, receivedAt }: StoredEvent) {
  return { internal_id: id, received_at: iso(receivedAt), ...event };
}

function iso(moment: number): string {
  return new Date(moment).toISOString();
}
