import { paginateScan } from "@aws-sdk/lib-dynamodb";
import type { TestContext } from "./context.ts";

export type Row = Readonly<Record<string, unknown>>;

/** Every row of the table as it is stored, whatever indexes and views show. */
export async function allRows({ table: { client, table } }: TestContext): Promise<Row[]> {
  const rows: Row[] = [];
  const pages = paginateScan({ client }, { TableName: table, ConsistentRead: true });
  for await (const { Items } of pages) rows.push(...(Items ?? []));
  return rows;
}

/** The rows of one entity, such as `outbox`. */
export const rowsOf = async (context: TestContext, entity: string): Promise<Row[]> =>
  (await allRows(context)).filter(({ __edb_e__ }) => __edb_e__ === entity);

/** The names of all events that wait to be sent, those of one fact joined by a space, in the order of the facts. */
export async function toldEvents(context: TestContext): Promise<string[]> {
  const facts = (await rowsOf(context, "outbox")) as unknown as { factId: string; events: string[] }[];
  facts.sort((a, b) => (a.factId < b.factId ? -1 : 1));
  return facts.map(({ events }) => events.join(" "));
}
