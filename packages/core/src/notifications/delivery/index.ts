export { list, ofAppointment } from "./list.ts";
export { DeliveryStatus, Notification, NotificationPage, NotificationQuery } from "./notification.ts";
export type { Addresses, Letter, Order } from "./order.ts";
export { type Outcome, send } from "./send.ts";
