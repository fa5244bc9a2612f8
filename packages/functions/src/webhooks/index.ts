export { type Accounts, receiversFromEnvironment, receiversOf } from "./accounts.ts";
export { challenge, receive } from "./receive.ts";
export type { Receiver, Receivers } from "./receiver.ts";
