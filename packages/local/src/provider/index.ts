export type { OutgoingMessage, ReceivedMessage } from "./message.ts";
export { phonePage } from "./page.ts";
export { type Provider, startProvider } from "./provider.ts";
