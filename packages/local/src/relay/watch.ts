import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";

interface Written {
  readonly TransactItems?: readonly { readonly Put?: { readonly Item?: Row } }[];
  readonly Item?: Row;
}

type Row = Readonly<Record<string, unknown>>;

const isFact = (row: Row | undefined): boolean => row?.__edb_e__ === "outbox";

/**
 * Calls `heard` after each write of a fact into the outbox through a document client on this one: what the stream would say, without
 * asking the table again and again whether there is anything.
 */
export function watchOutbox(client: DynamoDBClient, heard: () => void): void {
  client.middlewareStack.add(
    (next) => async (args) => {
      const { TransactItems = [], Item } = args.input as Written;
      const tells = isFact(Item) || TransactItems.some(({ Put }) => isFact(Put?.Item));
      try {
        return await next(args);
      } finally {
        // After a lost answer as well: the write may be there.
        if (tells) heard();
      }
    },
    { step: "initialize", name: "watchOutbox" },
  );
}
