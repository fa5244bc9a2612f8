import type { Found } from "./commit.ts";
import type { Context } from "./context.ts";
import { digestOf } from "./keys.ts";
import { IdempotencyKeyReused, Refusal } from "./refusal.ts";

/**
 * One call that may arrive twice: its key as the caller chose it, and a digest of its content.
 *
 * A create takes its id from the key and keeps `content` as its row's `mark`; a transition leaves {@link mark} on what
 * it changed. So the condition that guards the write is the record of it, at no cost.
 */
export interface Operation {
  /** ULID-shaped; follows from caller, route and Idempotency-Key, or is new when there was none. */
  readonly id: string;
  readonly content: string;
}

/** `scope` names the caller and the route: two callers may choose the same key. */
export const operationOf = (
  context: Context,
  scope: string,
  key: string | undefined,
  body: unknown,
): Operation => ({
  id: key === undefined ? context.newUlid() : context.keys.derive("operation", scope, key),
  content: digestOf(JSON.stringify(body ?? null)),
});

/** What a transition leaves behind. */
export const mark = (operation: Operation): string => `${operation.id}.${operation.content}`;

/**
 * Whether `left` is the mark of this very operation, so that its answer can be given again.
 *
 * Throws {@link IdempotencyKeyReused} when the key is the same and the content is not.
 */
export function isRepeat(operation: Operation, left: string | undefined): boolean {
  if (left === undefined || !left.startsWith(operation.id)) return false;
  if (left !== mark(operation)) throw new IdempotencyKeyReused();
  return true;
}

/** A write found that this very operation has been done before. */
class AlreadyDone extends Error {}

/** What a create's `refused` answers, for rows whose id is the operation's and whose `mark` is its content. */
export const repeated =
  (operation: Operation) =>
  (found: Found): Error =>
    found?.mark === operation.content ? new AlreadyDone() : new IdempotencyKeyReused();

/**
 * What a transition's `refused` answers: `refusal`, unless this very operation was first, in a call that was still under
 * way when this one began. `left` is the mark on the row as it was found.
 */
export function refusedOrRepeated(operation: Operation, left: unknown, refusal: Error): Error {
  if (typeof left !== "string" || !left.startsWith(operation.id)) return refusal;
  return left === mark(operation) ? new AlreadyDone() : new IdempotencyKeyReused();
}

/** Does `write`, or answers as it did the first time. */
export async function onceOnly<T>(write: () => Promise<T>, first: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (error instanceof AlreadyDone) return first();
    throw error;
  }
}

/**
 * Does `create`, or answers with what it made the first time, when `made` finds that.
 *
 * A refusal is no proof against a first time: what is taken may be taken by it, and what is too late now was not then.
 */
export async function madeOnce<T extends { readonly mark?: string }>(
  operation: Operation,
  create: () => Promise<T>,
  made: () => Promise<T | undefined>,
): Promise<T> {
  try {
    return await create();
  } catch (error) {
    if (!(error instanceof AlreadyDone || error instanceof Refusal)) throw error;
    const first = await made();
    if (!first) throw error;
    if (first.mark !== operation.content) throw new IdempotencyKeyReused();
    return first;
  }
}
