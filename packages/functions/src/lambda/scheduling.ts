import { schedulingApi } from "../api/scheduling.ts";
import { fromEnvironment } from "../environment.ts";
import { readSecrets } from "../secrets/index.ts";

await readSecrets();

export const handler = schedulingApi(fromEnvironment());
