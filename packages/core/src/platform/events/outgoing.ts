import type { Instant } from "../instant.ts";
import { epochMillis } from "../instant.ts";
import type { Keys } from "../keys.ts";
import { catalogue, type EventName } from "./catalogue.ts";
import type { SealedPath } from "./event.ts";

/** An event as it leaves the table: people's fields sealed, the rest readable for matching. */
export interface OutgoingEvent {
  readonly name: EventName;
  /** The same however often it is sent, so that the receiver can tell a repetition. */
  readonly id: string;
  readonly data: Record<string, unknown>;
  /** Epoch milliseconds. */
  readonly ts: number;
}

/**
 * The event `name` of the fact `data`, which may hold the fields of other events as well.
 *
 * Throws when the fact lacks a field: a fault of ours, never of a caller.
 */
export function outgoing(
  keys: Keys,
  name: EventName,
  factId: string,
  at: Instant,
  data: object,
): OutgoingEvent {
  const { schema, sealed } = catalogue[name];
  const fields: Record<string, unknown> = schema.parse(data);
  for (const path of sealed) sealAt(keys, fields, path);
  return { name, id: `${name}:${factId}`, data: fields, ts: epochMillis(at) };
}

function sealAt(keys: Keys, fields: Record<string, unknown>, [name, next, ...rest]: SealedPath): void {
  const value = fields[name];
  if (typeof value === "string") fields[name] = keys.seal(value);
  else if (next !== undefined && value) sealAt(keys, value as Record<string, unknown>, [next, ...rest]);
}
