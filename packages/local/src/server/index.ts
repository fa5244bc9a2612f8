export { BodyTooLarge, readBody } from "./body.ts";
export { type Address, type Answer, listen, type RunningServer } from "./server.ts";
