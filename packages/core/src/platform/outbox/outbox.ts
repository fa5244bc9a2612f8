import { type Actor, nameOf } from "../actor.ts";
import * as Audit from "../audit/index.ts";
import { commit, unexpected, type Write } from "../commit.ts";
import type { Context } from "../context.ts";
import { type EventData, type EventName, type OutgoingEvent, outgoing } from "../events/index.ts";
import { ulidIn } from "../id.ts";
import { epochMillis, type Instant, minus } from "../instant.ts";
import { inShards, shardOf } from "../table.ts";
import { firstUlidAt } from "../ulid.ts";
import { OutboxEntity } from "./outbox.entity.ts";

/** A row of the outbox. */
export interface Fact {
  readonly shard: string;
  readonly factId: string;
  readonly events: readonly string[];
  readonly org: string;
  readonly about: string;
  readonly by: string;
  readonly at: string;
  readonly since?: string;
  readonly data: object;
}

/** When it began to wait: a fact may be told long after it came true. */
export const waitsSince = ({ at, since = at }: Fact): Instant => since;

type Intersection<Union> = (Union extends unknown ? (member: Union) => void : never) extends (
  all: infer All,
) => void
  ? All
  : never;

/**
 * The write that tells of a change, for the transaction that makes it.
 *
 * One row may carry several events of one fact; `data` is the union of their fields.
 */
export function tell<Name extends EventName>(
  context: Context,
  actor: Actor,
  fact: {
    organizationId: string;
    about: string;
    events: readonly Name[];
    data: Intersection<EventData<Name>>;
  },
): Write {
  const row = {
    shard: shardOf(ulidIn(fact.about)),
    factId: context.newUlid(),
    events: [...fact.events],
    org: fact.organizationId,
    about: fact.about,
    by: nameOf(actor),
    at: context.now(),
    data: fact.data,
  };
  return { action: "Put", change: OutboxEntity.create(row), refused: unexpected("outbox") };
}

/** Hands events to whoever passes them on. Resolves when all are accepted. */
export type Publish = (events: OutgoingEvent[]) => Promise<void>;

/** These facts lack what their events need, a fault of ours; all others that came with them were told. */
export class Untold extends Error {
  readonly facts: readonly Fact[];

  constructor(facts: readonly Fact[], cause: unknown) {
    super(`cannot tell ${facts.map(({ factId }) => factId).join(", ")}`, { cause });
    this.name = "Untold";
    this.facts = facts;
  }
}

/** A transaction takes 100 writes, two for each row. */
const TOGETHER = 50;

/**
 * Sends what the rows tell, then deletes each row and puts its audit entry in one transaction.
 *
 * May be repeated at any point: event ids and audit keys follow from the row. Throws what `publish` throws, and when
 * the others are told {@link Untold}: one row that makes no sense must not hold up a clinic.
 */
export async function relay(context: Context, publish: Publish, facts: readonly Fact[]): Promise<void> {
  const tellable: { fact: Fact; events: OutgoingEvent[] }[] = [];
  const untold: Fact[] = [];
  let cause: unknown;
  for (const fact of facts) {
    try {
      tellable.push({ fact, events: eventsOf(context, fact) });
    } catch (error) {
      untold.push(fact);
      cause = error;
    }
  }
  for (let first = 0; first < tellable.length; first += TOGETHER) {
    const chunk = tellable.slice(first, first + TOGETHER);
    await publish(chunk.flatMap(({ events }) => events));
    await commit(
      context,
      chunk.flatMap(({ fact }) => settled(fact)),
    );
  }
  if (untold.length > 0) throw new Untold(untold, cause);
}

const eventsOf = ({ keys }: Context, { events, factId, at, data }: Fact): OutgoingEvent[] =>
  events.map((name) => outgoing(keys, name as EventName, factId, at, data));

const settled = (fact: Fact): Write[] => [
  {
    action: "Delete",
    change: OutboxEntity.delete({ shard: fact.shard, factId: fact.factId }),
    refused: unexpected("outbox"),
  },
  Audit.write({
    org: fact.org,
    about: fact.about,
    entryId: fact.factId,
    action: fact.events.join(" "),
    by: fact.by,
    at: fact.at,
  }),
];

/** The rows of these shards, all when left out, that have waited for at least `seconds`, oldest first within each. */
export async function waiting(
  context: Context,
  seconds: number,
  shards?: readonly string[],
): Promise<Fact[]> {
  const before = firstUlidAt(epochMillis(minus(context.now(), { seconds })) + 1);
  const rows = await inShards(
    (shard) =>
      OutboxEntity.query
        .primary({ shard })
        .lt({ factId: before })
        .go({ ...context.table, pages: "all" }),
    shards,
  );
  return rows as Fact[];
}

/** What the sweep considers overdue: the stream has had its chance by then. */
const OVERDUE_SECONDS = 120;

/** Sends again what the stream did not deliver. Returns how many facts it sent. */
export async function sweep(context: Context, publish: Publish): Promise<number> {
  const facts = await waiting(context, OVERDUE_SECONDS);
  await relay(context, publish, facts);
  return facts.length;
}

/** The row in a stream record's new image, or `undefined` for any other row. */
export const factIn = (image: Record<string, unknown>): Fact | undefined =>
  image.__edb_e__ === "outbox" ? (OutboxEntity.parse({ Item: image }).data as Fact) : undefined;
