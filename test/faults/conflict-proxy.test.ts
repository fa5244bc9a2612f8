import {
  DynamoDBClient,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  QueryCommand,
  TransactGetItemsCommand,
  TransactionCanceledException,
  TransactionConflictException,
  TransactWriteItemsCommand,
  type Update,
} from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { createTable, type Database, startDatabase } from "../../packages/local/src/database/index.ts";
import { type ConflictProxyOptions, startConflictProxy } from "./conflict-proxy.ts";

const TABLE = "turno";
/** So long that a transaction is certainly under way; closing the proxy ends it. */
const FOREVER_MS = 3_600_000;

let database: Database;
let direct: DynamoDBClient;

beforeAll(async () => {
  database = await startDatabase();
  direct = connect(database.endpoint);
  await createTable(direct, TABLE, { partitionKey: "pk", sortKey: "sk", ttlAttribute: "ttl", indexes: [] });
});

afterAll(async () => {
  direct.destroy();
  await database.stop();
});

function connect(endpoint: string, maxAttempts = 1): DynamoDBClient {
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  return new DynamoDBClient({ endpoint, region: "us-east-1", credentials, maxAttempts });
}

async function start(options: Partial<ConflictProxyOptions> = {}, maxAttempts?: number) {
  const proxy = await startConflictProxy({
    target: database.endpoint,
    latencyMs: 1,
    readLatencyMs: 0,
    throttleRate: 0,
    lostResponseRate: 0,
    seed: 1,
    ...options,
  });
  const client = connect(proxy.endpoint, maxAttempts);
  onTestFinished(async () => {
    client.destroy();
    await proxy.close();
  });
  return { proxy, client };
}

type Client = Awaited<ReturnType<typeof start>>["client"];

let items = 0;

/** A key that no other test uses. */
function freshKey() {
  return { pk: { S: `item${items++}` }, sk: { S: "1" } };
}

type Key = ReturnType<typeof freshKey>;

function count(key: Key): Update & { UpdateExpression: string } {
  return {
    TableName: TABLE,
    Key: key,
    UpdateExpression: "ADD n :one",
    ExpressionAttributeValues: { ":one": { N: "1" } },
  };
}

function countAll(...keys: Key[]): TransactWriteItemsCommand {
  return new TransactWriteItemsCommand({ TransactItems: keys.map((key) => ({ Update: count(key) })) });
}

async function counted(key: Key): Promise<number> {
  const { Item } = await direct.send(
    new GetItemCommand({ TableName: TABLE, Key: key, ConsistentRead: true }),
  );
  return Number(Item?.n?.N ?? 0);
}

function failure(sent: Promise<unknown>): Promise<unknown> {
  return sent.then(
    () => undefined,
    (error: unknown) => error,
  );
}

/** Starts a transaction that never ends, and returns once it holds the item. */
async function hold(key: Key) {
  const scene = await start({ latencyMs: FOREVER_MS });
  const under = failure(scene.client.send(countAll(key)));
  await expect.poll(() => scene.proxy.counters.transactions, { interval: 1 }).toBe(1);
  return { ...scene, under };
}

test("of two transactions on one item one is cancelled, with a reason for each item in order", async () => {
  const { proxy, client } = await start({ latencyMs: 20 });
  const shared = freshKey();
  const failures = await Promise.all(
    [countAll(freshKey(), shared), countAll(freshKey(), shared)].map((command) =>
      failure(client.send(command)),
    ),
  );
  const [lost] = failures.filter(Boolean);
  expect(failures.filter(Boolean)).toHaveLength(1);
  expect(lost).toBeInstanceOf(TransactionCanceledException);
  expect(lost).toMatchObject({
    message: expect.stringContaining("[None, TransactionConflict]"),
    CancellationReasons: [
      { Code: "None" },
      { Code: "TransactionConflict", Message: "Transaction is ongoing for the item" },
    ],
  });
  expect(await counted(shared)).toBe(1);
  expect(proxy.counters).toMatchObject({ transactions: 1, transactionConflicts: 1 });
});

test("a put, an update and a condition check hold their items as well", async () => {
  const { client } = await start({ latencyMs: FOREVER_MS });
  const [put, checked] = [freshKey(), freshKey()];
  const under = failure(
    client.send(
      new TransactWriteItemsCommand({
        TransactItems: [
          { Put: { TableName: TABLE, Item: { ...put, n: { N: "1" } } } },
          {
            ConditionCheck: {
              TableName: TABLE,
              Key: checked,
              ConditionExpression: "attribute_not_exists(pk)",
            },
          },
        ],
      }),
    ),
  );
  const refused = async (key: Key) =>
    (await failure(client.send(new PutItemCommand({ TableName: TABLE, Item: key })))) instanceof
    TransactionConflictException;
  await expect.poll(() => refused(put), { interval: 1 }).toBe(true);
  expect(await refused(checked)).toBe(true);
  client.destroy();
  expect(await under).toBeInstanceOf(Error);
});

test("a write of a held item alone is refused, and one of another item is not", async () => {
  const held = freshKey();
  const { proxy, client } = await hold(held);
  const refused = await failure(client.send(new PutItemCommand({ TableName: TABLE, Item: held })));
  expect(refused).toBeInstanceOf(TransactionConflictException);
  await client.send(new PutItemCommand({ TableName: TABLE, Item: freshKey() }));
  expect(proxy.counters.writeConflicts).toBe(1);
});

test("a held item can be read, but not in a transaction", async () => {
  const held = freshKey();
  const { client } = await hold(held);
  await client.send(new GetItemCommand({ TableName: TABLE, Key: held }));
  const read = new TransactGetItemsCommand({
    TransactItems: [freshKey(), held].map((Key) => ({ Get: { TableName: TABLE, Key } })),
  });
  expect(await failure(client.send(read))).toMatchObject({
    CancellationReasons: [{ Code: "None" }, { Code: "TransactionConflict" }],
  });
});

test("closing ends what is under way, and nothing of it was written", async () => {
  const held = freshKey();
  const { proxy, under } = await hold(held);
  await proxy.close();
  expect(await under).toBeInstanceOf(Error);
  expect(await counted(held)).toBe(0);
});

test("an item is free when its transaction has ended, also when that failed", async () => {
  const { proxy, client } = await start();
  const key = freshKey();
  const impossible = new TransactWriteItemsCommand({
    TransactItems: [{ Update: { ...count(key), ConditionExpression: "attribute_exists(pk)" } }],
  });
  expect(await failure(client.send(impossible))).toMatchObject({
    CancellationReasons: [{ Code: "ConditionalCheckFailed" }],
  });
  await client.send(countAll(key));
  await client.send(countAll(key));
  expect(await counted(key)).toBe(2);
  expect(proxy.counters).toMatchObject({ transactions: 3, transactionConflicts: 0 });
});

test("items are told apart by the key of their own table", async () => {
  const { client } = await start({ latencyMs: 5 });
  const shape = { partitionKey: "clinic", sortKey: "day", ttlAttribute: "ttl", indexes: [] };
  await createTable(client, "agenda", shape);
  const put = (clinic: string, day: string, note: string) =>
    failure(
      client.send(
        new TransactWriteItemsCommand({
          TransactItems: [
            {
              Put: {
                TableName: "agenda",
                Item: { clinic: { S: clinic }, day: { S: day }, note: { S: note } },
              },
            },
          ],
        }),
      ),
    );
  expect((await Promise.all([put("a", "1", "x"), put("a", "2", "x")])).filter(Boolean)).toEqual([]);
  expect((await Promise.all([put("b", "1", "x"), put("b", "1", "y")])).filter(Boolean)).toHaveLength(1);
});

test("20 writers that retry their conflicts all get through, each once", async () => {
  const { proxy, client } = await start();
  const key = freshKey();
  const untilDone = async () => {
    let failed: unknown;
    do failed = await failure(client.send(countAll(key)));
    while (failed instanceof TransactionCanceledException);
    expect(failed).toBeUndefined();
  };
  await Promise.all(Array.from({ length: 20 }, untilDone));
  expect(await counted(key)).toBe(20);
  expect(proxy.counters.transactionConflicts).toBeGreaterThan(0);
});

async function outcomes(client: Client): Promise<string[]> {
  const seen: string[] = [];
  for (let round = 0; round < 20; round++) {
    const error = await failure(client.send(countAll(freshKey(), freshKey())));
    seen.push(
      error instanceof TransactionCanceledException
        ? (error.CancellationReasons ?? []).map((reason) => reason.Code).join()
        : error instanceof Error
          ? error.name
          : "done",
    );
  }
  return seen;
}

test("throttling follows the seed, and has every form that AWS gives it", async () => {
  const first = await start({ throttleRate: 0.6, seed: 4 });
  const second = await start({ throttleRate: 0.6, seed: 4 });
  const seen = await outcomes(first.client);
  expect(await outcomes(second.client)).toEqual(seen);
  expect(new Set(seen)).toEqual(
    new Set([
      "done",
      "ThrottlingException",
      "ProvisionedThroughputExceededException",
      "ThrottlingError,None",
      "None,ThrottlingError",
    ]),
  );
  expect(first.proxy.counters.throttled).toBe(seen.filter((outcome) => outcome !== "done").length);
});

test("reads are throttled too, what manages tables is not", async () => {
  const { client } = await start({ throttleRate: 1 });
  const read = new QueryCommand({
    TableName: TABLE,
    KeyConditionExpression: "pk = :pk",
    ExpressionAttributeValues: { ":pk": { S: "item" } },
  });
  expect(await failure(client.send(read))).toMatchObject({
    name: expect.stringMatching(/^(Throttling|ProvisionedThroughputExceeded)Exception$/),
  });
  await client.send(new ListTablesCommand({}));
});

test("a lost response is a broken connection, and the write is done", async () => {
  const { proxy, client } = await start({ lostResponseRate: 1 });
  const [alone, together] = [freshKey(), freshKey()];
  const put = new PutItemCommand({ TableName: TABLE, Item: { ...alone, n: { N: "7" } } });
  expect(await failure(client.send(put))).toMatchObject({ code: "ECONNRESET" });
  expect(await failure(client.send(countAll(together)))).toMatchObject({ code: "ECONNRESET" });
  expect([await counted(alone), await counted(together)]).toEqual([7, 1]);
  expect(proxy.counters.lostResponses).toBe(2);
});

test("a read is never lost", async () => {
  const { proxy, client } = await start({ lostResponseRate: 1 });
  const key = freshKey();
  await direct.send(new PutItemCommand({ TableName: TABLE, Item: { ...key, n: { N: "7" } } }));
  const read = await client.send(new GetItemCommand({ TableName: TABLE, Key: key }));
  expect(read.Item).toMatchObject({ n: { N: "7" } });
  expect(proxy.counters.lostResponses).toBe(0);
});

test("a transaction that the SDK repeats after a lost response is applied once", async () => {
  const { proxy, client } = await start({ lostResponseRate: 0.5, seed: 2 }, 10);
  const key = freshKey();
  for (let round = 0; round < 4; round++) await client.send(countAll(key));
  expect(await counted(key)).toBe(4);
  expect(proxy.counters.lostResponses).toBeGreaterThan(0);
});
