import { Notification, NotificationQuery } from "@turno/core/schemas";
import { staff } from "../access.ts";
import { pageOf } from "../page.ts";
import { route } from "../route.ts";

export const listNotifications = route({
  id: "listNotifications",
  method: "GET",
  path: "/v1/notifications",
  context: "notifications",
  access: staff(),
  summary: "The delivery log, newest first",
  description:
    "That a message was sent, never what it said. Of one patient, or of everybody in a stretch of time: the last seven days when left out, at most 92.",
  query: NotificationQuery.strict(),
  responses: { 200: pageOf(Notification.meta({ id: "Notification" })) },
  failures: [],
});
