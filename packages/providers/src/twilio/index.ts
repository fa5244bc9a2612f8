export type { TwilioAccount } from "./account.ts";
export { twilio } from "./send.ts";
