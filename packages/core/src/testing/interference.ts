import {
  ConditionalCheckFailedException,
  InternalServerError,
  ProvisionedThroughputExceededException,
  TransactionCanceledException,
  TransactionConflictException,
  TransactionInProgressException,
} from "@aws-sdk/client-dynamodb";
import type { TestContext } from "./context.ts";

const $metadata = {};

const canceled = (Code: string, items: number) =>
  new TransactionCanceledException({
    message: `Transaction cancelled [${Code}]`,
    $metadata,
    CancellationReasons: Array.from({ length: items }, (_, index) => ({ Code: index === 0 ? Code : "None" })),
  });

/** Errors that have a name and nothing else, as far as the caller can tell. */
const named = (name: string, fields: object = {}) => Object.assign(new Error(name), { name, ...fields });

/** How a call fails on its way, as the real service and its network fail, beyond what the SDK itself retries. */
const failures = {
  conflict: (items: number) => canceled("TransactionConflict", items),
  "throttled item": (items: number) => canceled("ThrottlingError", items),
  throttled: () => named("ThrottlingException", { $fault: "client" }),
  "throughput exceeded": () => new ProvisionedThroughputExceededException({ message: "", $metadata }),
  "still in progress": () => new TransactionInProgressException({ message: "", $metadata }),
  "held by a transaction": () => new TransactionConflictException({ message: "", $metadata }),
  "server error": () => new InternalServerError({ message: "", $metadata }),
  "connection reset": () => named("Error", { code: "ECONNRESET" }),
  "not valid": () => named("ValidationException", { $fault: "client", $retryable: undefined }),
  "condition failed": () => new ConditionalCheckFailedException({ message: "", $metadata }),
} as const;

/** What becomes of a call: it fails before it arrives, or arrives and its answer gets lost. */
export type Fate = "passes" | "answer lost" | keyof typeof failures;

/**
 * Lets the calls of `command` (such as `TransactWriteItems`) meet these fates, one after the other; then all pass.
 *
 * Returns how many such calls there were by now.
 */
export function interfere(context: TestContext, command: string, fates: readonly Fate[]): () => number {
  let calls = 0;
  context.dynamo.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        if (commandName !== `${command}Command`) return next(args);
        const fate = fates[calls++] ?? "passes";
        if (fate !== "passes" && fate !== "answer lost") {
          const { TransactItems = [] } = args.input as { TransactItems?: unknown[] };
          throw failures[fate](TransactItems.length);
        }
        const answer = await next(args);
        if (fate === "answer lost") throw named("TimeoutError", { code: "ECONNRESET" });
        return answer;
      },
    { step: "initialize", name: `interference ${command} ${context.newUlid()}` },
  );
  return () => calls;
}
