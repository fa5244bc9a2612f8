export { announce } from "./announce.ts";
export { type Fact, factIn, type Publish, relay, sweep, tell, waiting } from "./outbox.ts";
