export { close, list, receive } from "./inbox.ts";
export { decide, get, open } from "./message.store.ts";
export { InboxEntry, type InboxReason, type Message } from "./message.ts";
export { learnQuote, quoted } from "./quote.ts";
