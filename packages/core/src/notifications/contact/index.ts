export { idOf, of, start, stop, stopById, wrote } from "./contact.store.ts";
export { type Contact, isWindowOpen } from "./contact.ts";
