export { Fault, type Faults, faults } from "./fault.ts";
export type { Fate, Message, Said } from "./message.ts";
export { type MessageQuery, type Office, openOffice, type Untold } from "./office.ts";
