import type { Operation, Reply } from "../call/reply.ts";
import { errorOf } from "../call/reply.ts";
import type { Context } from "../context.ts";
import type { Definition } from "../definition/definition.ts";
import { finishRun } from "./finish.ts";
import { type Execution, enqueue } from "./job.ts";
import { askNext, endStep, stepOf } from "./progress.ts";
import { retryLater } from "./retry.ts";
import { type Run, type RunError, stepKey } from "./run.ts";
import { invoke, LimitExceeded, sleep, waitForEvent, waitForSignal } from "./wait.ts";

type Operations = Extract<Reply, { kind: "operations" }>;

/** A call that was answered with operations, and where they belong. */
export interface Answered {
  readonly context: Context;
  readonly run: Run;
  readonly definition: Definition;
  readonly job: Execution;
  readonly reply: Operations;
}

const most = { steps: 1000, stateSize: 32 * 1024 * 1024 };
const lazy = ["DeferAdd", "DeferAbort", "None"];

/** Does what an app asked for in answer to a call. What the service does not allow fails the run. */
export function applyOperations(
  context: Context,
  definition: Definition,
  job: Execution,
  reply: Operations,
): void {
  const { store } = context;
  const { runId } = job;
  const before = store.runs.get(runId);
  if (!before) return;
  const operations = reply.operations.filter(({ op }) => !lazy.includes(op));
  const isGroup = operations.length > 1;
  const version = before.version === -1 ? reply.version : before.version;
  const waitsForAll = isGroup && version >= 2 && operations.some(({ op }) => op === "StepPlanned");
  const pending = waitsForAll
    ? [...new Set([...before.pending, ...operations.map(({ id }) => id)])]
    : before.pending;
  const run = { ...before, version, pending, forcePlan: before.forcePlan || isGroup };
  store.runs.put(runId, run);
  try {
    // A wait is set up first, so that an event which a sibling step sends is not missed.
    for (const operation of [...operations].sort((a, b) => rank(a) - rank(b))) {
      const handler = handlers[operation.op];
      if (!handler) throw new Error(`the operation ${operation.op} is not known to the local engine`);
      handler({ context, run, definition, job, reply }, operation);
    }
    checkTotals(context, runId);
  } catch (error) {
    const known: RunError =
      error instanceof Error
        ? { name: error.name, message: error.message }
        : { name: "Error", message: String(error) };
    finishRun(context, runId, { status: "Failed", error: known });
  }
}

const rank = ({ op }: Operation) => (op === "WaitForEvent" ? 0 : 1);

function checkTotals({ store }: Context, runId: string): void {
  const steps = store.stepsByRun.count(runId);
  if (steps > most.steps) throw new LimitExceeded(`the run has more than ${most.steps} steps`);
  const size = store.runs.get(runId)?.stateSize ?? 0;
  if (size > most.stateSize)
    throw new LimitExceeded(`the steps of the run return more than ${most.stateSize} bytes`);
}

const handlers: Readonly<Record<string, (answered: Answered, operation: Operation) => void>> = {
  Step: complete,
  StepRun: complete,
  StepError: fail,
  StepFailed: fail,
  StepPlanned: plan,
  Sleep: sleep,
  WaitForEvent: waitForEvent,
  WaitForSignal: waitForSignal,
  InvokeFunction: invoke,
  Gateway: refuseGateway,
  AIGateway: refuseGateway,
  DiscoveryRequest: ({ context, run }) => askNext(context, run.id),
  RunComplete: ({ context, run }, { data }) =>
    finishRun(context, run.id, { status: "Completed", output: data ?? null }),
};

function complete({ context, run }: Answered, operation: Operation): void {
  const memo = { data: operation.data ?? null };
  endStep(context, run.id, stepOf(context, run, operation, { status: "completed" }), {
    status: "completed",
    memo,
  });
}

/** A step that threw is executed again while it has attempts, then the code of the run sees its error. */
function fail({ context, run, definition, job, reply }: Answered, operation: Operation): void {
  const error = errorOf(operation.error);
  const step = stepOf(context, run, operation, { status: "retrying", error });
  const hasAttempts = reply.retriable && job.attempt + 1 < definition.maxAttempts;
  if (operation.op === "StepError" && hasAttempts) {
    context.store.steps.put(stepKey(run.id, step.hash), step);
    retryLater(context, job, reply.retryAfter);
  } else {
    endStep(context, run.id, step, { status: "failed", memo: { error }, error });
  }
}

/** A step of a parallel group gets a call of its own. The SDK reports it again until it has ended. */
function plan({ context, run }: Answered, operation: Operation): void {
  const { store, clock } = context;
  const isPlanned = store.jobsByRun
    .get(run.id)
    .some((job) => job.kind === "execute" && job.stepId === operation.id);
  if (isPlanned) return;
  const key = stepKey(run.id, operation.id);
  const given = store.steps.get(key);
  store.steps.put(key, given ?? stepOf(context, run, operation, { status: "planned" }));
  enqueue(context, { kind: "execute", runId: run.id, stepId: operation.id, attempt: 0 }, clock.now());
}

function refuseGateway({ context, run }: Answered, operation: Operation): void {
  const message =
    "step.fetch and step.ai.infer are not available in the local engine; use step.run with fetch";
  const error = { name: "GatewayUnavailable", message };
  endStep(context, run.id, stepOf(context, run, operation, { status: "failed" }), {
    status: "failed",
    memo: { error },
    error,
  });
}
