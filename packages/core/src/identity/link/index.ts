export { open, type Ticket, write } from "./link.ts";
