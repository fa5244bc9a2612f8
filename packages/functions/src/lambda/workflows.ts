import { workflows } from "@turno/workflows";
import { fromEnvironment } from "../environment.ts";
import { measuredChannels, runMetrics } from "../metrics/index.ts";
import { readSecrets } from "../secrets/index.ts";
import { channelsFromEnvironment, requireSignatures, workflowsUrl } from "../workflows/index.ts";

requireSignatures();

await readSecrets();

const { context, webUrl, measure } = fromEnvironment();

export const handler = workflowsUrl(
  workflows({
    context,
    channels: measuredChannels(channelsFromEnvironment(), measure),
    webUrl,
    measure,
    inngest: { observer: runMetrics(measure) },
  }),
);
