import { platformApi } from "../api/platform.ts";
import { fromEnvironment } from "../environment.ts";
import { readSecrets } from "../secrets/index.ts";

await readSecrets();

export const handler = platformApi(fromEnvironment());
