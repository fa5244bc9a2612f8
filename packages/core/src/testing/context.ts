import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { createTable } from "@turno/local/database";
import { inject } from "vitest";
import {
  type Context,
  epochMillis,
  type Instant,
  instantOf,
  keysFrom,
  memoryFor,
  plus,
  type Span,
  tableShape,
  ulidFactory,
} from "../platform/index.ts";

/** A context on a table of its own, whose time a test chooses. */
export interface TestContext extends Context {
  /** The plain client of the same table. */
  readonly dynamo: DynamoDBClient;
  at(instant: Instant): void;
  pass(span: Span): void;
}

interface Options {
  readonly now?: Instant;
  /** Where the database answers; the shared one when left out, a proxy in front of it for faults. */
  readonly endpoint?: string;
  /** An existing table, to look at it through another client. */
  readonly table?: string;
}

let tables = 0;

/** The client for a database of this machine; any credentials do. */
export const localDynamo = (endpoint: string): DynamoDBClient =>
  new DynamoDBClient({
    endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });

/** Monday, 2 March 2026, 09:00 in Mexico City: the time at which tests begin. */
export const MONDAY_9AM: Instant = "2026-03-02T15:00:00.000Z";

export async function testContext({ now = MONDAY_9AM, endpoint, table }: Options = {}): Promise<TestContext> {
  const name = table ?? `test-${process.pid}-${++tables}`;
  if (!table) await createTable(localDynamo(inject("databaseEndpoint")), name, tableShape);
  const dynamo = localDynamo(endpoint ?? inject("databaseEndpoint"));
  let clock = now;
  return {
    dynamo,
    table: {
      client: DynamoDBDocumentClient.from(dynamo, { marshallOptions: { removeUndefinedValues: true } }),
      table: name,
    },
    now: () => clock,
    newUlid: ulidFactory(() => epochMillis(clock)),
    random: Math.random,
    keys: keysFrom(new Uint8Array(32).fill(7)),
    // No time of the machine ends it: what a test meters does not depend on how fast it runs.
    memory: memoryFor(Number.POSITIVE_INFINITY),
    at(instant) {
      clock = instantOf(instant);
    },
    pass(span) {
      clock = plus(clock, span);
    },
  };
}
