export { startRelay } from "./relay.ts";
export { watchOutbox } from "./watch.ts";
