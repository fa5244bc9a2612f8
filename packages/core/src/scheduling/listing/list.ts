import type { Context, Instant, Practice } from "../../platform/index.ts";
import type * as Slot from "../slot/index.ts";
import { shown } from "./bookable.ts";
import { freeIn } from "./free.ts";

interface Query {
  readonly from: Instant;
  readonly to: Instant;
  readonly serviceId?: string;
  /** Zone of the local times; the calendar's own when left out. */
  readonly timezone?: string;
  readonly limit: number;
  readonly cursor?: string;
}

interface Page {
  readonly items: Slot.BookableSlot[];
  readonly nextCursor?: string;
}

/**
 * What can really be booked from `from` up to `to`, by start: one wave of two reads, slots and ledger.
 *
 * A hold past its end counts as free whether or not anything has run.
 */
export async function list(context: Context, practice: Practice, query: Query): Promise<Page> {
  const now = context.now();
  const range = { start: query.from, end: query.to };
  const free = await freeIn(context, practice, range, (id) => !query.serviceId || id === query.serviceId);
  const after = query.cursor ? free.filter((slot) => positionOf(slot) > query.cursor!) : free;
  const page = after.slice(0, query.limit);
  const last = page.at(-1);
  return {
    items: page.map((slot) => shown(slot, query.timezone ?? practice.timezone, now)),
    ...(last && after.length > page.length && { nextCursor: positionOf(last) }),
  };
}

const positionOf = (slot: Slot.SlotKey): string =>
  Buffer.from(`${slot.start}|${slot.serviceId}`).toString("hex");
