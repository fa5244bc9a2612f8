export { list, ofAppointment } from "./list.ts";
export { abandon, find, type Known, type Named, pending } from "./lookup.ts";
export { DeliveryStatus, Notification, NotificationPage, NotificationQuery } from "./notification.ts";
export type { Addresses, Letter, Order } from "./order.ts";
export { type Receipt, receipt } from "./receipt.ts";
export { type Outcome, send } from "./send.ts";
export { quietFor } from "./standing.ts";
