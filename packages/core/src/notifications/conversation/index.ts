export { end, of, offer, reassures } from "./conversation.store.ts";
export { type Conversation, chosenIn, type Offer } from "./conversation.ts";
