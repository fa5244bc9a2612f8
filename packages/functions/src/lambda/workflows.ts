import { workflows } from "@turno/workflows";
import { fromEnvironment } from "../environment.ts";
import { readSecrets } from "../secrets/index.ts";
import { channelFromEnvironment, requireSignatures, workflowsUrl } from "../workflows/index.ts";

requireSignatures();

await readSecrets();

const { context, webUrl } = fromEnvironment();

export const handler = workflowsUrl(workflows({ context, channel: channelFromEnvironment(), webUrl }));
