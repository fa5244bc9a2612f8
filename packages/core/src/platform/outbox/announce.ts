import type { Context } from "../context.ts";
import type { EventData, EventName } from "../events/index.ts";
import { ulidIn } from "../id.ts";
import { epochMillis, type Instant } from "../instant.ts";
import { shardOf } from "../table.ts";
import { firstUlidAt } from "../ulid.ts";
import { OutboxEntity } from "./outbox.entity.ts";

interface Announcement<Name extends EventName> {
  readonly organizationId: string;
  /** The id of what it is about. */
  readonly about: string;
  readonly event: Name;
  /** Who tells it and where: `${workflow}:${step}`. */
  readonly step: string;
  /** When it came true: the same on every repetition. */
  readonly at: Instant;
  readonly data: EventData<Name>;
}

/**
 * Tells a fact that no change of state tells: one that a workflow finds or brings about.
 *
 * May be repeated: event, `about` and step make the row's key and with it the event's id, also after the row was sent.
 */
export async function announce<Name extends EventName>(
  context: Context,
  { organizationId, about, event, step, at, data }: Announcement<Name>,
): Promise<void> {
  const told = context.keys.derive("announcement", event, about, step);
  await OutboxEntity.put({
    shard: shardOf(ulidIn(about)),
    // The time of a ULID says when it came true, and the sweep tells at once what did long ago.
    factId: firstUlidAt(epochMillis(at)).slice(0, TIME_LENGTH) + told.slice(TIME_LENGTH),
    events: [event],
    org: organizationId,
    about,
    by: "system",
    at,
    since: context.now(),
    data,
  }).go(context.table);
}

const TIME_LENGTH = 10;
