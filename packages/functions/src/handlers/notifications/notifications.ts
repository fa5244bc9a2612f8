import { Delivery } from "@turno/core/notifications";
import type { Handlers } from "../../pipeline/handler.ts";

export const notifications = {
  listNotifications: ({ context, actor, query }) => Delivery.list(context, actor, query),
} satisfies Handlers<"notifications">;
