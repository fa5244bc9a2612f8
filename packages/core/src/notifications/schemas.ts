export { ChannelName } from "../platform/schemas.ts";
export { FailureReason } from "./channel/failure.ts";
export {
  DeliveryStatus,
  Notification,
  NotificationPage,
  NotificationQuery,
} from "./delivery/notification.ts";
export { InboxEntry } from "./inbox/message.ts";
export { OwnPreferenceEdit, Preference, PreferenceEdit } from "./preference/preference.ts";
