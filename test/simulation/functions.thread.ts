import { parentPort, workerData } from "node:worker_threads";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { liveContext, SHARDS } from "@turno/core/platform";
import { workflowsUrl } from "@turno/functions";
import { startLambdaUrl } from "@turno/local/gateway";
import { watchOutbox } from "@turno/local/relay";
import { channelsFrom, paymentsFrom } from "@turno/providers";
import { workflows } from "@turno/workflows";
import type { ThreadData } from "./functions.ts";

const { ahead, written, databaseEndpoint, tableName, master, variables, webUrl, inngestUrl } =
  workerData as ThreadData;

// Libraries make errors that nobody throws, and their traces would take a tenth of the time.
Error.stackTraceLimit = 0;

const now = (): number => Date.now() + ahead[0]!;
const dynamo = new DynamoDBClient({
  endpoint: databaseEndpoint,
  region: "local",
  credentials: { accessKeyId: "local", secretAccessKey: "local" },
});
watchOutbox(
  dynamo,
  (shard) => void Atomics.add(written, SHARDS.indexOf(shard as (typeof SHARDS)[number]), 1),
);

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
const { url } = await startLambdaUrl({ functionName: "workflows", handler: workflowsUrl(served) });
parentPort!.postMessage(url);
