import { parentPort, workerData } from "node:worker_threads";
import { liveContext, SHARDS } from "@turno/core/platform";
import { workflowsUrl } from "@turno/functions";
import { localClient } from "@turno/local/database";
import { watchOutbox } from "@turno/local/relay";
import { channelsFrom, paymentsFrom } from "@turno/providers";
import { workflows } from "@turno/workflows";
import type { ThreadData } from "./functions.ts";

const { ahead, written, databaseEndpoint, tableName, master, variables, webUrl, inngestUrl } =
  workerData as ThreadData;

// Libraries make errors that nobody throws, and their traces would take a tenth of the time.
Error.stackTraceLimit = 0;

const now = (): number => Date.now() + ahead[0]!;
const dynamo = localClient(databaseEndpoint);
const heard = (shard: string): void =>
  void Atomics.add(written, SHARDS.indexOf(shard as (typeof SHARDS)[number]), 1);
watchOutbox(dynamo, { heard, told: ({ shard }) => heard(shard) });

const ignore = (): void => undefined;
const served = workflows({
  context: liveContext({ dynamo, table: tableName, master, now }),
  channels: channelsFrom(variables, now),
  payments: paymentsFrom(variables),
  webUrl,
  // One call in twenty fails here: that is what the month is for, and no news.
  inngest: {
    isDev: true,
    baseUrl: inngestUrl,
    logger: { info: ignore, warn: ignore, error: ignore, debug: ignore },
  },
});
const handler = workflowsUrl(served);

/** One call of the function, and which it is. */
export interface Invocation {
  readonly id: number;
  readonly event: Parameters<typeof handler>[0];
}

/** What came of it: an answer, or what was thrown. */
export interface Outcome {
  readonly id: number;
  readonly answer?: Awaited<ReturnType<typeof handler>>;
  readonly error?: string;
}

const tell = (outcome: Outcome): void => parentPort!.postMessage(outcome);

parentPort!.on("message", async ({ id, event }: Invocation) => {
  try {
    tell({ id, answer: await handler(event, {} as Parameters<typeof handler>[1]) });
  } catch (error) {
    tell({ id, error: error instanceof Error ? error.message : String(error) });
  }
});
