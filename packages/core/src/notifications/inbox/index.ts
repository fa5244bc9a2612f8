export { close, list, receive } from "./inbox.ts";
export { get, open } from "./message.store.ts";
export { InboxEntry, type InboxReason, type Message } from "./message.ts";
