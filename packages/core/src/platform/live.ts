import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { Context } from "./context.ts";
import { instantOf } from "./instant.ts";
import { keysFrom } from "./keys.ts";
import { memoryFor } from "./memory.ts";
import { ulidFactory } from "./ulid.ts";

/**
 * The context of a deployed process: real time and chance, the region and credentials of its environment.
 *
 * `master` are the 32 bytes that all keys of the stage are derived from.
 */
export const liveContext = ({ table, master }: { table: string; master: Uint8Array }): Context => ({
  table: {
    client: DynamoDBDocumentClient.from(new DynamoDBClient({}), {
      marshallOptions: { removeUndefinedValues: true },
    }),
    table,
  },
  now: () => instantOf(Date.now()),
  newUlid: ulidFactory(Date.now),
  random: Math.random,
  keys: keysFrom(master),
  memory: memoryFor(30),
});
