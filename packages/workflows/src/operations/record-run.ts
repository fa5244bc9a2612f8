import { Run } from "@turno/core/operations";
import { type Context, instantOf } from "@turno/core/platform";
import * as z from "zod";
import type { Desk } from "../desk.ts";

const id = "record-run";

const outcomes = {
  "inngest/function.finished": "completed",
  "inngest/function.failed": "failed",
  "inngest/function.cancelled": "cancelled",
} as const satisfies Record<string, Run.RunStatus>;

/**
 * Writes every run that ends into the run log. The service calls a failed run both finished and failed, and the log
 * keeps one line.
 *
 * Many runs end at once when a schedule ticks: what comes within a minute is written by one run of this workflow, whose own
 * end begins nothing. It does one thing, which can be repeated, and so has no steps: each would be one more execution at the
 * service, of what runs all day.
 */
export const recordRun = ({ inngest, context }: Desk) =>
  inngest.createFunction(
    {
      id,
      triggers: Object.keys(outcomes).map((event) => ({
        event,
        if: `event.data.function_id != "${inngest.id}-${id}"`,
      })),
      batchEvents: { maxSize: 50, timeout: "60s" },
    },
    ({ events }) =>
      recordAll(
        context,
        events.map((event) => endedIn(event, inngest.id)),
      ),
  );

/** One that cannot be written keeps none of the others. */
async function recordAll(context: Context, runs: readonly Run.Ended[]): Promise<{ runs: number }> {
  const written = await Promise.allSettled(runs.map((run) => Run.record(context, run)));
  const failures = written.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} runs were not recorded`);
  return { runs: runs.length };
}

interface Lifecycle {
  readonly name: string;
  readonly ts?: number;
  readonly data: unknown;
}

const outcomeNamed = (name: string): Run.RunStatus => outcomes[name as keyof typeof outcomes];

const Trigger = z.object({
  name: z.string(),
  id: z.string().default(""),
  ts: z.number().default(0),
  data: z.record(z.string(), z.unknown()).default({}),
});

/** What the service tells of a run: only what is read here. */
const Told = z.object({
  function_id: z.string(),
  run_id: z.string(),
  event: Trigger,
  events: z.array(Trigger).optional(),
  error: z.object({ name: z.unknown(), message: z.unknown() }).optional(),
  _inngest: z.object({ status: z.string() }).optional(),
});

function endedIn({ name, ts = 0, data }: Lifecycle, app: string): Run.Ended {
  const { function_id, run_id, event, events = [event], error, _inngest } = Told.parse(data);
  const outcome = outcomeNamed(name);
  // One that was cancelled may tell of that as its error.
  const isCancelled = outcome === "cancelled" || _inngest?.status === "Cancelled";
  const status = isCancelled ? "cancelled" : error ? "failed" : outcome;
  return {
    runId: run_id,
    workflow: function_id.slice(app.length + 1),
    status,
    endedAt: instantOf(ts),
    ...(status === "failed" && error && { error: Run.errorOf(error) }),
    // A schedule's tick and an invocation are the service's own, and cannot be told again.
    triggers: events.filter((trigger) => !trigger.name.startsWith("inngest/")),
  };
}
