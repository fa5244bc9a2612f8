import { Inbox, Log } from "@turno/core/notifications";
import type { Handlers } from "../../pipeline/handler.ts";
import { preferences } from "./preferences.ts";

export const notifications = {
  ...preferences,
  listNotifications: ({ context, actor, query }) => Log.list(context, actor, query),
  listInbox: ({ context, actor, query }) => Inbox.list(context, actor, query),
  closeMessage: async ({ context, actor, params: { messageId } }) => {
    await Inbox.close(context, actor, messageId);
    return { messageId, status: "closed" };
  },
} satisfies Handlers<"notifications">;
