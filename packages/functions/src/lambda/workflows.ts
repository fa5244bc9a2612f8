import { workflows } from "@turno/workflows";
import { fromEnvironment } from "../environment.ts";
import { measuredChannel, runMetrics } from "../metrics/index.ts";
import { readSecrets } from "../secrets/index.ts";
import { channelFromEnvironment, requireSignatures, workflowsUrl } from "../workflows/index.ts";

requireSignatures();

await readSecrets();

const { context, webUrl, measure } = fromEnvironment();

export const handler = workflowsUrl(
  workflows({
    context,
    channel: measuredChannel(channelFromEnvironment(), measure),
    webUrl,
    inngest: { observer: runMetrics(measure) },
  }),
);
