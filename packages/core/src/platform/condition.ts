import { ElectroError } from "electrodb";

/** Whether a single write was turned down by its condition, not by a fault. */
export const isConditionFailure = (error: unknown): boolean =>
  error instanceof ElectroError &&
  error.cause instanceof Error &&
  error.cause.name === "ConditionalCheckFailedException";
