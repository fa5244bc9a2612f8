export type { MessageQuery } from "./inbox.ts";
export type { MessageChannel, OutgoingMessage, ReceivedMessage } from "./message.ts";
export { phonePage } from "./page.ts";
export { type Provider, type ProviderOptions, startProvider } from "./provider.ts";
