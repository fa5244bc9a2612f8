export { relayOnce } from "./poll.ts";
export { streamRelay } from "./relay.ts";
export { type Swept, sweeper } from "./sweep.ts";
