import {
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
} from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Database, startDatabase } from "./database.ts";
import { createTable, type TableShape, TableShapeDiffers } from "./tables.ts";

const SHAPE: TableShape = {
  partitionKey: "pk",
  sortKey: "sk",
  ttlAttribute: "ttl",
  indexes: [
    { name: "agenda", partitionKey: "gsi1pk", sortKey: "gsi1sk", projection: ["status"] },
    { name: "timeline", partitionKey: "gsi2pk", sortKey: "gsi2sk", projection: "all" },
    { name: "due", partitionKey: "gsi3pk", sortKey: "gsi3sk", projection: "keys-only" },
  ],
};

let database: Database;
let client: DynamoDBClient;

beforeAll(async () => {
  database = await startDatabase();
  client = new DynamoDBClient({
    endpoint: database.endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
});

afterAll(async () => {
  client.destroy();
  await database.stop();
});

test("a table has the keys, indexes and expiry of its shape, and no stream", async () => {
  await createTable(client, "shaped", SHAPE);
  const { Table } = await client.send(new DescribeTableCommand({ TableName: "shaped" }));
  expect(Table?.KeySchema).toEqual([
    { AttributeName: "pk", KeyType: "HASH" },
    { AttributeName: "sk", KeyType: "RANGE" },
  ]);
  expect(Table?.GlobalSecondaryIndexes?.map((index) => [index.IndexName, index.Projection])).toEqual([
    ["agenda", { ProjectionType: "INCLUDE", NonKeyAttributes: ["status"] }],
    ["timeline", { ProjectionType: "ALL" }],
    ["due", { ProjectionType: "KEYS_ONLY" }],
  ]);
  expect(Table?.StreamSpecification).toBeUndefined();
  const expiry = await client.send(new DescribeTimeToLiveCommand({ TableName: "shaped" }));
  expect(expiry.TimeToLiveDescription).toEqual({ TimeToLiveStatus: "ENABLED", AttributeName: "ttl" });
});

test("an index answers with what it projects and nothing else", async () => {
  await createTable(client, "projected", SHAPE);
  const Item = {
    pk: { S: "a" },
    sk: { S: "1" },
    gsi1pk: { S: "day" },
    gsi1sk: { S: "09:00" },
    status: { S: "pending" },
    notes: { S: "long" },
  };
  await client.send(new PutItemCommand({ TableName: "projected", Item }));
  const { Items } = await client.send(
    new QueryCommand({
      TableName: "projected",
      IndexName: "agenda",
      KeyConditionExpression: "gsi1pk = :day",
      ExpressionAttributeValues: { ":day": { S: "day" } },
    }),
  );
  const { notes: _, ...projected } = Item;
  expect(Items).toEqual([projected]);
});

test("creating a table that is there already changes nothing", async () => {
  await createTable(client, "twice", SHAPE);
  await client.send(new PutItemCommand({ TableName: "twice", Item: { pk: { S: "a" }, sk: { S: "1" } } }));
  await createTable(client, "twice", { ...SHAPE, indexes: SHAPE.indexes.toReversed() });
  const { Table } = await client.send(new DescribeTableCommand({ TableName: "twice" }));
  expect(Table?.ItemCount).toBe(1);
});

test("a table that was made with another shape is refused", async () => {
  await createTable(client, "changed", SHAPE);
  await expect(createTable(client, "changed", { ...SHAPE, indexes: [] })).rejects.toThrow(TableShapeDiffers);
});
