import { notificationsApi } from "../api/notifications.ts";
import { fromEnvironment } from "../environment.ts";
import { readSecrets } from "../secrets/index.ts";

await readSecrets();

export const handler = notificationsApi(fromEnvironment());
