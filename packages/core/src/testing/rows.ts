import { paginateScan } from "@aws-sdk/lib-dynamodb";
import type { EventName } from "../platform/events/index.ts";
import { type Context, Outbox } from "../platform/index.ts";
import type { TestContext } from "./context.ts";

export type Row = Readonly<Record<string, unknown>>;

/** Every row of the table as it is stored, whatever indexes and views show. */
export async function allRows({ table: { client, table } }: Pick<Context, "table">): Promise<Row[]> {
  const rows: Row[] = [];
  const pages = paginateScan({ client }, { TableName: table, ConsistentRead: true });
  for await (const { Items } of pages) rows.push(...(Items ?? []));
  return rows;
}

/** The rows of one entity, such as `outbox`. */
export const rowsOf = async (context: TestContext, entity: string): Promise<Row[]> =>
  (await allRows(context)).filter(({ __edb_e__ }) => __edb_e__ === entity);

interface Told {
  readonly factId: string;
  readonly about: string;
  readonly events: string[];
  readonly data: Row;
}

async function facts(context: TestContext): Promise<Told[]> {
  const rows = (await rowsOf(context, "outbox")).map((row) => Outbox.factIn(row) as unknown as Told);
  return rows.sort((a, b) => (a.factId < b.factId ? -1 : 1));
}

/** The names of all events that wait to be sent, those of one fact joined by a space, in the order of the facts. */
export const toldEvents = async (context: TestContext): Promise<string[]> =>
  (await facts(context)).map(({ events }) => events.join(" "));

/** The facts that tell of an event, in their order. */
export const factsOf = async (context: TestContext, event: EventName): Promise<Told[]> =>
  (await facts(context)).filter(({ events }) => events.includes(event));
