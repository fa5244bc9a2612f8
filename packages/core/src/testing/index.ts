export * from "./clinic.ts";
export { localDynamo, MONDAY_9AM, type TestContext, testContext } from "./context.ts";
export { unlike } from "./ids.ts";
export { type Fate, interfere } from "./interference.ts";
export { type Consumption, meter } from "./meter.ts";
export { outcomesOf } from "./outcomes.ts";
export { allRows, factsOf, type Row, rowsOf, toldEvents } from "./rows.ts";
export { type Teller, teller } from "./teller.ts";
