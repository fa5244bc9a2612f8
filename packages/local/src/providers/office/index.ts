export { Fault, faults } from "./fault.ts";
export type { Message, Said } from "./message.ts";
export { type MessageQuery, type Office, openOffice } from "./office.ts";
