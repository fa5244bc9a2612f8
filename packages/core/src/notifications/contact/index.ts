export { idOf, of, start, stop, wrote } from "./contact.store.ts";
export { type Contact, isWindowOpen } from "./contact.ts";
