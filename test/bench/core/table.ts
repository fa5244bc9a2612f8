import { tableShape } from "@turno/core/platform";
import { localDynamo, MONDAY_9AM, type TestContext, testContext } from "@turno/core/testing";
import { createTable, startDatabase } from "@turno/local/database";
import type { Bench } from "../part.ts";

/** Makes a table as it is deployed. Its clock stands at Monday, 2 March 2026, 09:00 in Mexico City. */
export type NewTable = (name: string) => Promise<TestContext>;

/** An embedded database of the part's own, in memory; it ends with the part. */
export async function openDatabase(bench: Bench): Promise<NewTable> {
  const { endpoint, stop } = await startDatabase();
  bench.ending(stop);
  return async (table) => {
    await createTable(localDynamo(endpoint), table, tableShape);
    const context = await testContext({ endpoint, table, now: MONDAY_9AM });
    bench.ending(() => context.dynamo.destroy());
    return context;
  };
}
