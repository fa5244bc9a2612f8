import { client } from "@turno/workflows";
import { fromEnvironment } from "../environment.ts";
import { publishTo, sweeper } from "../relay/index.ts";
import { readSecrets } from "../secrets/index.ts";

await readSecrets();

const { context } = fromEnvironment();

export const handler = sweeper({ context, publish: publishTo({ inngest: client() }) });
