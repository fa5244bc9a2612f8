export { list, ofAppointment } from "./list.ts";
export { DeliveryStatus, Notification, NotificationPage, NotificationQuery } from "./notification.ts";
export { type Order, type Outcome, send } from "./send.ts";
