import { client, publishTo } from "@turno/workflows";
import { fromEnvironment } from "../environment.ts";
import { streamRelay } from "../relay/index.ts";
import { readSecrets } from "../secrets/index.ts";

await readSecrets();

const { context } = fromEnvironment();

export const handler = streamRelay({ context, publish: publishTo({ inngest: client() }) });
