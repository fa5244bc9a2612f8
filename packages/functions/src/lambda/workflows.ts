import { channelsFrom, paymentsFrom } from "@turno/providers";
import { workflows } from "@turno/workflows";
import { fromEnvironment } from "../environment.ts";
import { measuredChannels, runMetrics } from "../metrics/index.ts";
import { readSecrets } from "../secrets/index.ts";
import { requireSignatures, workflowsUrl } from "../workflows/index.ts";

requireSignatures();

await readSecrets();

const { context, webUrl, measure } = fromEnvironment();

export const handler = workflowsUrl(
  workflows({
    context,
    channels: measuredChannels(channelsFrom(process.env), measure),
    payments: paymentsFrom(process.env),
    webUrl,
    measure,
    inngest: { observer: runMetrics(measure) },
  }),
);
