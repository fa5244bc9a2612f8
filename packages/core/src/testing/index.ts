export * from "./clinic.ts";
export { localDynamo, MONDAY_9AM, type TestContext, testContext } from "./context.ts";
export { type Consumption, meter } from "./meter.ts";
