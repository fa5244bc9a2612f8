export { Retried, RetryWish, RunQuery, RunStatus, RunView } from "./run/run.ts";
