export { type Accounts, receiversFromEnvironment, receiversOf } from "./accounts.ts";
export { challenge, receive } from "./receive.ts";
export type { Receivers } from "./receiver.ts";
