import { identityApi } from "../api/identity.ts";
import { fromEnvironment } from "../environment.ts";
import { readSecrets } from "../secrets/index.ts";

await readSecrets();

export const handler = identityApi(fromEnvironment());
