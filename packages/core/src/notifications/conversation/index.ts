export { end, of, offer } from "./conversation.store.ts";
export { type Conversation, chosenIn, type Offer } from "./conversation.ts";
