import { webhooksApi } from "../api/webhooks.ts";
import { fromEnvironment } from "../environment.ts";
import { readSecrets } from "../secrets/index.ts";
import { receiversFromEnvironment } from "../webhooks/index.ts";

await readSecrets();

export const handler = webhooksApi({ ...fromEnvironment(), receivers: receiversFromEnvironment() });
