export { errorOf } from "./error.ts";
export { list } from "./list.ts";
export { record } from "./record.ts";
export { retry, retryFailed } from "./retry.ts";
export { RETRY, unwrapped } from "./retry-event.ts";
export { find, isRetriable, KEPT, lastCompleted, open, STAGE, type Sum, sumsOf, took } from "./run.store.ts";
export {
  AlreadyRetried,
  type Ended,
  NotFailed,
  Retried,
  RetryWish,
  type RunError,
  RunQuery,
  RunStatus,
  RunView,
  type Trigger,
} from "./run.ts";
