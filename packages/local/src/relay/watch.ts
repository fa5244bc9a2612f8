import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { Outbox } from "@turno/core/platform";
import type { Relay } from "./relay.ts";

interface Written {
  readonly TransactItems?: readonly { readonly Put?: { readonly Item?: Row } }[];
  readonly Item?: Row;
}

type Row = Readonly<Record<string, unknown>>;

const factsIn = (row: Row | undefined): Outbox.Fact[] => {
  const fact = row && Outbox.factIn({ ...row });
  return fact ? [fact] : [];
};

/**
 * Hands on each fact that is written into the outbox through a document client on this one: what the stream would do,
 * without asking the table again and again whether there is anything.
 */
export function watchOutbox(client: DynamoDBClient, relay: Pick<Relay, "told" | "heard">): void {
  client.middlewareStack.add(
    (next) => async (args) => {
      const { TransactItems = [], Item } = args.input as Written;
      const facts = [Item, ...TransactItems.map(({ Put }) => Put?.Item)].flatMap(factsIn);
      try {
        const written = await next(args);
        facts.forEach(relay.told);
        return written;
      } catch (error) {
        // The answer may have got lost, and the write be there.
        for (const { shard } of facts) relay.heard(shard);
        throw error;
      }
    },
    { step: "initialize", name: "watchOutbox" },
  );
}
