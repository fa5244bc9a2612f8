export { relayOnce } from "./poll.ts";
export { streamRelay } from "./relay.ts";
export { sweeper } from "./sweep.ts";
