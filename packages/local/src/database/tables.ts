import {
  CreateTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  type KeySchemaElement,
  type Projection,
  ResourceInUseException,
  type TableDescription,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from "@aws-sdk/client-dynamodb";

/** What a table looks like: one value for the stack, the entities and the embedded database. */
export interface TableShape {
  readonly partitionKey: string;
  readonly sortKey: string;
  readonly ttlAttribute: string;
  readonly indexes: readonly IndexShape[];
}

export interface IndexShape {
  readonly name: string;
  readonly partitionKey: string;
  readonly sortKey: string;
  readonly projection: "keys-only" | "all" | readonly string[];
}

/** A table of this name is there with other keys or indexes, and holds data that cannot be changed in place. */
export class TableShapeDiffers extends Error {
  override name = "TableShapeDiffers";
  readonly table: string;

  constructor(table: string) {
    super(`The table ${table} was made for another version of Turno. Begin again with: npm start -- --fresh`);
    this.table = table;
  }
}

/**
 * Creates a table unless it is there already, and switches its expiry on.
 *
 * No stream is enabled: the embedded database takes longer for every write the more stream records it holds.
 *
 * @throws TableShapeDiffers when a table of this name has other keys or indexes.
 */
export async function createTable(client: DynamoDBClient, name: string, shape: TableShape): Promise<void> {
  await createUnlessThere(client, name, shape);
  await waitUntilTableExists({ client, maxWaitTime: 60, minDelay: 1 }, { TableName: name });
  const { Table } = await client.send(new DescribeTableCommand({ TableName: name }));
  if (Table === undefined || !matches(Table, shape)) throw new TableShapeDiffers(name);
  await enableExpiry(client, name, shape.ttlAttribute);
}

async function createUnlessThere(client: DynamoDBClient, name: string, shape: TableShape): Promise<void> {
  const keys = [shape, ...shape.indexes].flatMap((key) => [key.partitionKey, key.sortKey]);
  try {
    await client.send(
      new CreateTableCommand({
        TableName: name,
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: [...new Set(keys)].map((key) => ({ AttributeName: key, AttributeType: "S" })),
        KeySchema: keySchema(shape),
        // AWS refuses an empty list of indexes.
        ...(shape.indexes.length > 0 && {
          GlobalSecondaryIndexes: shape.indexes.map((index) => ({
            IndexName: index.name,
            KeySchema: keySchema(index),
            Projection: projection(index),
          })),
        }),
      }),
    );
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
  }
}

/** AWS refuses to enable what is enabled, so a second start has to ask first. */
async function enableExpiry(client: DynamoDBClient, name: string, attribute: string): Promise<void> {
  const answer = await client.send(new DescribeTimeToLiveCommand({ TableName: name }));
  const status = answer.TimeToLiveDescription?.TimeToLiveStatus;
  if (status === "ENABLED" || status === "ENABLING") return;
  await client.send(
    new UpdateTimeToLiveCommand({
      TableName: name,
      TimeToLiveSpecification: { AttributeName: attribute, Enabled: true },
    }),
  );
}

function keySchema(key: { partitionKey: string; sortKey: string }): KeySchemaElement[] {
  return [
    { AttributeName: key.partitionKey, KeyType: "HASH" },
    { AttributeName: key.sortKey, KeyType: "RANGE" },
  ];
}

function projection(index: IndexShape): Projection {
  if (index.projection === "keys-only") return { ProjectionType: "KEYS_ONLY" };
  if (index.projection === "all") return { ProjectionType: "ALL" };
  return { ProjectionType: "INCLUDE", NonKeyAttributes: [...index.projection] };
}

function matches(table: TableDescription, shape: TableShape): boolean {
  const found = (table.GlobalSecondaryIndexes ?? []).map((index) =>
    signature(index.IndexName, index.KeySchema, index.Projection),
  );
  const wanted = shape.indexes.map((index) => signature(index.name, keySchema(index), projection(index)));
  const sameKey = signature("", table.KeySchema) === signature("", keySchema(shape));
  return sameKey && found.sort().join("\n") === wanted.sort().join("\n");
}

function signature(name = "", keys: KeySchemaElement[] = [], projected: Projection = {}): string {
  const roles = keys.map((key) => `${key.KeyType}=${key.AttributeName}`).sort();
  const attributes = [...(projected.NonKeyAttributes ?? [])].sort();
  return [name, ...roles, projected.ProjectionType, ...attributes].join(" ");
}
