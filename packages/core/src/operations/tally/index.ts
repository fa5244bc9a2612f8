export { executions, rollUp } from "./tally.store.ts";
export { averageOf, Executions, ExecutionsQuery, Rates, successRateOf, tallyOf } from "./tally.ts";
