import { notificationsApi } from "../api/notifications.ts";
import { fromEnvironment } from "../environment.ts";

export const handler = notificationsApi(fromEnvironment());
