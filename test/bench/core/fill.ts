import { BatchWriteItemCommand, type WriteRequest } from "@aws-sdk/client-dynamodb";
import type { TestContext } from "@turno/core/testing";
import type { Row } from "./rows.ts";

/** BatchWriteItem takes so many rows. */
const IN_BATCH = 25;
const AT_ONCE = 8;

/** Writes rows as they are, quickly and without conditions. They are made when their turn comes. */
export async function fill(context: TestContext, rows: Iterable<Row>): Promise<void> {
  const batches = batchesOf(rows);
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const batch of batches) await write(context, batch);
    }),
  );
}

function* batchesOf(rows: Iterable<Row>): Generator<WriteRequest[]> {
  let batch: WriteRequest[] = [];
  for (const row of rows) {
    batch.push({ PutRequest: { Item: row } });
    if (batch.length < IN_BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

async function write({ dynamo, table }: TestContext, batch: WriteRequest[]): Promise<void> {
  for (let left = batch; left.length > 0; ) {
    const answer = await dynamo.send(new BatchWriteItemCommand({ RequestItems: { [table.table]: left } }));
    left = answer.UnprocessedItems?.[table.table] ?? [];
  }
}
