export type { Channel, Channels, OutgoingMessage } from "./channel.ts";
export { FailureReason, TryLater, Undeliverable, WrongNumber } from "./failure.ts";
