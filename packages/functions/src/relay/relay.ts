import { unmarshall } from "@aws-sdk/util-dynamodb";
import { type Context, Outbox } from "@turno/core/platform";
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from "aws-lambda";

interface Options {
  readonly context: Context;
  readonly publish: Outbox.Publish;
  /** Hears one line for each batch that did not go through; standard error when left out. */
  readonly log?: (line: object) => void;
}

interface Told {
  readonly sequenceNumber: string;
  readonly fact: Outbox.Fact;
}

/**
 * Reads the table's stream and tells the facts that were written to the outbox.
 *
 * Answers with the first record that was not told: what comes after it comes again, and is told twice at most under the
 * same event ids.
 */
export const streamRelay =
  ({ context, publish, log = (line) => console.error(JSON.stringify(line)) }: Options) =>
  async ({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    const told = Records.flatMap(factOf);
    try {
      await Outbox.relay(
        context,
        publish,
        told.map(({ fact }) => fact),
      );
      return { batchItemFailures: [] };
    } catch (error) {
      const facts = error instanceof Outbox.Untold ? error.facts : told.map(({ fact }) => fact);
      const first = told.find(({ fact }) => facts.includes(fact));
      if (!first) throw error;
      log({
        level: "error",
        message: "facts were not told",
        error: error instanceof Error ? error.name : "Error",
        factIds: facts.map(({ factId }) => factId),
      });
      return { batchItemFailures: [{ itemIdentifier: first.sequenceNumber }] };
    }
  };

type Image = Parameters<typeof unmarshall>[0];

function factOf({ dynamodb }: DynamoDBRecord): Told[] {
  // A deleted row has no new image: it was told.
  if (!dynamodb?.NewImage || !dynamodb.SequenceNumber) return [];
  const fact = Outbox.factIn(unmarshall(dynamodb.NewImage as Image));
  return fact ? [{ sequenceNumber: dynamodb.SequenceNumber, fact }] : [];
}
