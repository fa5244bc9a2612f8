import { InboxEntry, idOf, Notification, NotificationQuery } from "@turno/core/schemas";
import * as z from "zod";
import { staff } from "../access.ts";
import { pageOf, pageQuery } from "../page.ts";
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

export const listInbox = route({
  id: "listInbox",
  method: "GET",
  path: "/v1/inbox",
  context: "notifications",
  access: staff(),
  summary: "What patients wrote and a person has to read, newest first",
  description:
    "What was not understood, came from a phone that nobody is known by, or was no text. The reading is logged.",
  query: z.strictObject(pageQuery({ usual: 50, most: 100 })),
  responses: { 200: pageOf(InboxEntry.meta({ id: "InboxEntry" })) },
  failures: [],
});

export const closeMessage = route({
  id: "closeMessage",
  method: "POST",
  path: "/v1/inbox/{messageId}/close",
  context: "notifications",
  access: staff(),
  summary: "A person has seen to a message",
  params: z.strictObject({ messageId: idOf("message") }),
  responses: { 200: z.object({ messageId: idOf("message"), status: z.literal("closed") }) },
  failures: ["not-found"],
});
