import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";

interface Written {
  readonly TransactItems?: readonly { readonly Put?: { readonly Item?: Row } }[];
  readonly Item?: Row;
}

type Row = Readonly<Record<string, unknown>>;

const shardsIn = (row: Row | undefined): string[] => (row?.__edb_e__ === "outbox" ? [String(row.shard)] : []);

/**
 * Calls `heard` with the shard of each fact that is written into the outbox through a document client on this one: what the
 * stream would say, without asking the table again and again whether there is anything.
 */
export function watchOutbox(client: DynamoDBClient, heard: (shard: string) => void): void {
  client.middlewareStack.add(
    (next) => async (args) => {
      const { TransactItems = [], Item } = args.input as Written;
      const rows = [Item, ...TransactItems.map(({ Put }) => Put?.Item)];
      try {
        return await next(args);
      } finally {
        // After a lost answer as well: the write may be there.
        for (const shard of rows.flatMap(shardsIn)) heard(shard);
      }
    },
    { step: "initialize", name: "watchOutbox" },
  );
}
