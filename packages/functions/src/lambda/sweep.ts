import { client, publishTo } from "@turno/workflows";
import { fromEnvironment } from "../environment.ts";
import { backlog } from "../metrics/index.ts";
import { sweeper } from "../relay/index.ts";
import { readSecrets } from "../secrets/index.ts";

await readSecrets();

const { context, measure } = fromEnvironment();
const sweep = sweeper({ context, publish: publishTo({ inngest: client() }) });

/** The backlog is what the sweep finds, so both look at once. */
export const handler = async () => {
  const [swept] = await Promise.all([sweep(), backlog(context).then(measure)]);
  return swept;
};
