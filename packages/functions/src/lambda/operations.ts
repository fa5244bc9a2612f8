import { operationsApi } from "../api/operations.ts";
import { fromEnvironment } from "../environment.ts";
import { readSecrets } from "../secrets/index.ts";

await readSecrets();

export const handler = operationsApi(fromEnvironment());
