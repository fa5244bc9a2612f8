/** One index of the table; `projection` names the attributes that it copies beside the keys. */
export interface IndexShape {
  readonly name: string;
  readonly partitionKey: string;
  readonly sortKey: string;
  readonly projection: "keys-only" | readonly string[];
}

/**
 * The shape of the one table: read by the deployed stack, by the entities and by the embedded database.
 *
 * All keys are text. `ttl` holds epoch seconds.
 */
export const tableShape = {
  partitionKey: "pk",
  sortKey: "sk",
  ttlAttribute: "ttl",
  stream: "new_and_old_images",
  indexes: [
    {
      name: "gsi1",
      partitionKey: "gsi1pk",
      sortKey: "gsi1sk",
      // Lists of the front desk: inbox, agenda, delivery log, clinics. What a list shows of each.
      projection: [
        "__edb_e__",
        "__edb_v__",
        "org",
        "prf",
        "apt",
        "pat",
        "svc",
        "status",
        "stage",
        "start",
        "end",
        "patientName",
        "pn",
        "sn",
        "urgency",
        "review",
        "coming",
        "pol",
        "exp",
        "made",
        "createdAt",
        "template",
        "channel",
        // Of runs, what a day of them adds up to.
        "wf",
        "ms",
        "err",
      ],
    },
    {
      name: "gsi2",
      partitionKey: "gsi2pk",
      sortKey: "gsi2sk",
      // A patient's timeline. A request keeps its status as `stage`, which is not copied here, and shows its `outcome`,
      // which an approval does not set: the reservation beside it tells, and approving does not pay to write here.
      projection: [
        "__edb_e__",
        "__edb_v__",
        "org",
        "prf",
        "apt",
        "pat",
        "svc",
        "rx",
        "outcome",
        "status",
        "start",
        "end",
        "sn",
        "exp",
        "made",
        "createdAt",
        "template",
        "channel",
      ],
    },
    // Due queues, and failed runs: entries leave when handled, so a partition holds only what is still to be done.
    { name: "gsi3", partitionKey: "gsi3pk", sortKey: "gsi3sk", projection: "keys-only" },
  ],
} as const satisfies {
  partitionKey: string;
  sortKey: string;
  ttlAttribute: string;
  stream: string;
  indexes: readonly IndexShape[];
};

/** The partitions over which due queues and the outbox are spread, each good for 1,000 writes a second. */
export const SHARDS = ["0", "1", "2", "3", "4", "5", "6", "7"] as const;

/** The shard of an id: the same id, the same shard, so that what concerns one booking keeps its order. */
export const shardOf = (id: string): string => {
  let sum = 0;
  for (const character of id) sum = (sum * 31 + character.charCodeAt(0)) >>> 0;
  return SHARDS[sum % SHARDS.length]!;
};

/** What a query finds in these shards, all when left out, one shard after the other. */
export async function inShards<T>(
  query: (shard: string) => Promise<{ data: T[] }>,
  shards: readonly string[] = SHARDS,
): Promise<T[]> {
  const found = await Promise.all(shards.map(query));
  return found.flatMap(({ data }) => data);
}
