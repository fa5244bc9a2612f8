import type { WireAnswer } from "./wire.ts";

const DYNAMODB = "com.amazonaws.dynamodb.v20120810#";

export interface CancellationReason {
  Code: "None" | "TransactionConflict" | "ThrottlingError";
  Message?: string;
}

const ONGOING = "Transaction is ongoing for the item";
const TOO_MUCH = "Throughput exceeds the current capacity of your table or index.";

/** The reason of an item that somebody else's transaction holds, or of one that is free. */
export function conflictReason(conflicts: boolean): CancellationReason {
  return conflicts ? { Code: "TransactionConflict", Message: ONGOING } : { Code: "None" };
}

export function throttlingReason(throttled: boolean): CancellationReason {
  return throttled ? { Code: "ThrottlingError", Message: TOO_MUCH } : { Code: "None" };
}

/** What a transaction gets: one reason for each of its items, in their order. */
export function transactionCanceled(reasons: readonly CancellationReason[]): WireAnswer {
  const codes = reasons.map((reason) => reason.Code).join(", ");
  return refusal({
    __type: `${DYNAMODB}TransactionCanceledException`,
    Message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    CancellationReasons: reasons,
  });
}

/** What a write of a single item gets. */
export function transactionConflict(): WireAnswer {
  return refusal({ __type: `${DYNAMODB}TransactionConflictException`, message: ONGOING });
}

export function throttling(): WireAnswer {
  return refusal({ __type: "com.amazon.coral.availability#ThrottlingException", message: TOO_MUCH });
}

export function throughputExceeded(): WireAnswer {
  return refusal({ __type: `${DYNAMODB}ProvisionedThroughputExceededException`, message: TOO_MUCH });
}

function refusal(content: object): WireAnswer {
  return {
    status: 400,
    headers: { "content-type": "application/x-amz-json-1.0" },
    body: Buffer.from(JSON.stringify(content)),
  };
}
