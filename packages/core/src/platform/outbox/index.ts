export { announce } from "./announce.ts";
export {
  type Fact,
  factIn,
  type Publish,
  relay,
  sweep,
  tell,
  Untold,
  waiting,
  waitsSince,
} from "./outbox.ts";
