export { announce } from "./announce.ts";
export { type Fact, factIn, type Publish, relay, sweep, tell, Untold, waiting } from "./outbox.ts";
