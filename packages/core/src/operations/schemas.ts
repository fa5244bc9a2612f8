export { Retried, RetryWish, RunQuery, RunStatus, RunView } from "./run/run.ts";
export { Executions, ExecutionsQuery } from "./tally/tally.ts";
export { Health } from "./watch/watch.ts";
