import type { ConsumedCapacity } from "@aws-sdk/client-dynamodb";
import type { TestContext } from "./context.ts";

/** What the database was asked and what it counted for it. */
export interface Consumption {
  roundTrips: number;
  writeUnits: number;
  readUnits: number;
}

interface Output {
  ConsumedCapacity?: ConsumedCapacity | ConsumedCapacity[];
}

/** Counts everything that `context` asks of the database from now on; `take` answers and begins again. */
export function meter(context: TestContext): { take(): Consumption } {
  let total: Consumption = { roundTrips: 0, writeUnits: 0, readUnits: 0 };
  context.dynamo.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        Object.assign(args.input, { ReturnConsumedCapacity: "TOTAL" });
        const result = await next(args);
        const { ConsumedCapacity: consumed } = result.output as Output;
        const units = [consumed ?? []].flat().reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
        const reads = /Get|Query|Scan/.test(commandName ?? "");
        total.roundTrips += 1;
        if (reads) total.readUnits += units;
        else total.writeUnits += units;
        return result;
      },
    { step: "initialize", name: "meter" },
  );
  return {
    take() {
      const taken = total;
      total = { roundTrips: 0, writeUnits: 0, readUnits: 0 };
      return taken;
    },
  };
}
