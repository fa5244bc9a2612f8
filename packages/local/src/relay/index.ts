export { type Relay, startRelay } from "./relay.ts";
