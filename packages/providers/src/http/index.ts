export { type Answer, type Call, call } from "./call.ts";
export { retryAfter } from "./retry-after.ts";
