import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { Context } from "./context.ts";
import { instantOf } from "./instant.ts";
import { keysFrom } from "./keys.ts";
import { memoryFor } from "./memory.ts";
import { ulidFactory } from "./ulid.ts";

interface Parts {
  /** Of the region and credentials of the environment when left out. */
  readonly dynamo?: DynamoDBClient;
  readonly table: string;
  /** The 32 bytes that all keys of the stage are derived from. */
  readonly master: Uint8Array;
  /** Epoch milliseconds; real time when left out. */
  readonly now?: () => number;
}

/** How long an edit on another machine may go unseen here. */
const REMEMBERED_SECONDS = 30;

/** The context of a running process: a table, its keys, real chance, and real time unless it has another clock. */
export const liveContext = ({
  dynamo = new DynamoDBClient({}),
  table,
  master,
  now = Date.now,
}: Parts): Context => ({
  table: {
    client: DynamoDBDocumentClient.from(dynamo, { marshallOptions: { removeUndefinedValues: true } }),
    table,
  },
  now: () => instantOf(now()),
  newUlid: ulidFactory(now),
  random: Math.random,
  keys: keysFrom(master),
  memory: memoryFor(REMEMBERED_SECONDS),
});
