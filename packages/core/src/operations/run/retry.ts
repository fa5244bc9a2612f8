import {
  type Actor,
  type Context,
  commit,
  isRepeat,
  NotFound,
  type Operation,
  Outbox,
  onceOnly,
  Refusal,
  requireAdmin,
} from "../../platform/index.ts";
import { wrapped } from "./retry-event.ts";
import { find, isRetriable, open, type Row, retried } from "./run.store.ts";
import { AlreadyRetried, NotFailed, type Retried, type RetryWish } from "./run.ts";
import { stretchOf } from "./stretch.ts";

interface Retrying {
  readonly runId: string;
  readonly operation: Operation;
}

/**
 * Begins a failed run anew, with the event that it began with: that workflow alone, past whatever the service remembers
 * of the first time.
 *
 * What the run did before it failed is found done by the steps that repeat it. Throws {@link Forbidden} for whoever is no
 * admin, {@link NotFound}, {@link NotFailed} and {@link AlreadyRetried}.
 */
export async function retry(
  context: Context,
  actor: Actor,
  { runId, operation }: Retrying,
): Promise<{ runId: string; workflow: string }> {
  const owner = requireAdmin(actor);
  const row = await find(context, runId);
  if (row?.owner !== owner) throw new NotFound("run", runId);
  const { workflow } = row;
  if (!isRepeat(operation, row.retryMark)) await begin(context, actor, row, operation);
  return { runId, workflow };
}

async function begin(context: Context, actor: Actor, row: Row, operation: Operation): Promise<void> {
  const { runId, workflow, owner, status, triggers = [], retries = 0, retriedAs } = row;
  if (status !== "failed" || triggers.length === 0) throw new NotFailed(runId, status);
  const at = context.now();
  const refusal = new AlreadyRetried(runId, retriedAs);
  if (!isRetriable(row, at)) throw refusal;
  const attempt = retries + 1;
  const begun = () =>
    commit(context, [
      retried(row, { at, operation, refusal }),
      ...triggers.map((trigger) =>
        Outbox.tell(context, actor, {
          organizationId: owner,
          about: runId,
          events: ["workflow/retry"],
          data: wrapped(trigger, { workflow, runId, attempt }),
        }),
      ),
    ]);
  await onceOnly(begun, async () => undefined);
}

/** The most that one call begins, and how many at a time. */
const MOST = 1000;
const AT_ONCE = 10;

/**
 * Begins the failed runs of a stretch of time anew, all that are open unless the wish says otherwise; those beyond the
 * first thousand wait for another call.
 *
 * `success` says that they begin, and their own lines in the log how they end. Throws {@link Forbidden} for whoever is no
 * admin.
 */
export async function retryFailed(
  context: Context,
  actor: Actor,
  { workflow, from, to }: RetryWish,
  operation: Operation,
): Promise<Retried> {
  const owner = requireAdmin(actor);
  const failed = await open(context, owner, stretchOf(context, { from, to }));
  const rows = failed
    .filter((row) => !workflow || row.workflow === workflow)
    .filter((row) => isRetriable(row, context.now()) || isRepeat(operation, row.retryMark))
    .slice(0, MOST);
  let success = 0;
  for (let first = 0; first < rows.length; first += AT_ONCE) {
    const outcomes = await Promise.all(
      rows.slice(first, first + AT_ONCE).map((row) => begins(context, actor, row, operation)),
    );
    success += outcomes.filter((begun) => begun).length;
  }
  return { retried: rows.length, success, failed: rows.length - success };
}

/** Whether it could be begun, now or by the same call before: somebody else may have been faster. */
async function begins(context: Context, actor: Actor, row: Row, operation: Operation): Promise<boolean> {
  if (isRepeat(operation, row.retryMark)) return true;
  try {
    await begin(context, actor, row, operation);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}
