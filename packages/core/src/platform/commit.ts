import { type CancellationReason, TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import type { Context } from "./context.ts";
import { ATTEMPTS_AT_A_TRANSACTION, isPassing, pause } from "./patience.ts";

/** The item that a condition found, as stored; `undefined` when there was none. */
export type Found = Record<string, unknown> | undefined;

/**
 * One write of a transaction, with what it means in the domain when its condition does not hold.
 *
 * A verb of one context may hand its writes to a verb of another, which commits them together.
 */
export interface Write {
  readonly action: "Put" | "Update" | "Delete" | "ConditionCheck";
  /** An ElectroDB operation that has not been sent: `Entity.create(…)`, `Entity.patch(…).set(…).where(…)`. */
  readonly change: { params(options: { table: string }): object };
  readonly refused: (found: Found) => Error;
}

/** For a write whose condition cannot fail, or whose failure is a fault of ours. */
export const unexpected =
  (what: string) =>
  (found: Found): Error =>
    new Error(`${what}: unexpected ${found ? "existing" : "missing"} row`);

const passing = new Set(["TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded", "None"]);

interface Options {
  /** Called after a conflict, before the next attempt: throws when another attempt cannot succeed. */
  readonly beforeRetry?: () => Promise<void>;
}

/**
 * Writes all of it or nothing (TransactWriteItems, at most 100 writes).
 *
 * A failed condition throws what the first such write says of it. Conflicts and throttling are tried again with full
 * jitter; every attempt carries the same token, so that an answer that got lost is not a second write.
 * Throws `busy` when the attempts are used up.
 */
export async function commit(
  context: Context,
  writes: readonly Write[],
  options: Options = {},
): Promise<void> {
  if (writes.length === 0) throw new Error("A transaction needs at least one write.");
  const { client, table } = context.table;
  const token = context.newUlid();
  const TransactItems = writes.map(({ action, change }) => ({
    [action]: { ...nativeSets(change.params({ table })), ReturnValuesOnConditionCheckFailure: "ALL_OLD" },
  }));
  for (let attempt = 1; ; attempt++) {
    try {
      await client.send(new TransactWriteCommand({ TransactItems, ClientRequestToken: token } as never));
      return;
    } catch (error) {
      const isCancelled = error instanceof TransactionCanceledException;
      if (isCancelled) throwIfRefused(error, writes);
      else if (!isPassing(error)) throw error;
      await pause(context, attempt, isCancelled ? ATTEMPTS_AT_A_TRANSACTION : undefined);
      await options.beforeRetry?.();
    }
  }
}

function throwIfRefused(error: TransactionCanceledException, writes: readonly Write[]): void {
  const reasons: CancellationReason[] = error.CancellationReasons ?? [];
  const failed = reasons.findIndex(({ Code }) => Code === "ConditionalCheckFailed");
  if (failed >= 0) {
    const item = reasons[failed]!.Item;
    throw writes[failed]!.refused(item && Object.keys(item).length > 0 ? unmarshall(item) : undefined);
  }
  if (reasons.some(({ Code }) => !passing.has(Code ?? "None"))) throw error;
}

/** ElectroDB wraps sets for a client of its own; the document client takes JavaScript's. */
function nativeSets(params: object): object {
  const { ExpressionAttributeValues: values, ...rest } = params as {
    ExpressionAttributeValues?: Record<string, unknown>;
  };
  if (!values) return params;
  const native = Object.entries(values).map(([name, value]) => [
    name,
    isWrappedSet(value) ? new Set(value.values) : value,
  ]);
  return { ...rest, ExpressionAttributeValues: Object.fromEntries(native) };
}

const isWrappedSet = (value: unknown): value is { wrapperName: "Set"; values: string[] } =>
  typeof value === "object" && value !== null && "wrapperName" in value && value.wrapperName === "Set";
