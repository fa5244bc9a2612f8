export { type Relay, startRelay } from "./relay.ts";
export { watchOutbox } from "./watch.ts";
