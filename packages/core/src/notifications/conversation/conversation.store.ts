import { type Context, epochMillis, isConditionFailure } from "../../platform/index.ts";
import { ConversationEntity } from "./conversation.entity.ts";
import { type Conversation, endOf, type Offer } from "./conversation.ts";

/** What was offered to a contact and still holds. */
export async function of(context: Context, contactId: string): Promise<Conversation | undefined> {
  const { data } = await ConversationEntity.get({ contactId }).go({ ...context.table, consistent: true });
  return data && data.until > context.now() ? (data as Conversation) : undefined;
}

/** Remembers what was offered in answer to a message, in place of what was offered before. May be repeated. */
export async function offer(
  context: Context,
  contactId: string,
  { messageId, offer }: { messageId: string; offer: Offer },
): Promise<void> {
  const until = endOf(context.now());
  await ConversationEntity.put({
    contactId,
    messageId,
    offer,
    until,
    ttl: Math.ceil(epochMillis(until) / 1000),
  }).go(context.table);
}

/** Ends an offer that was taken; one that was made since stays. */
export async function end(context: Context, contactId: string, messageId: string): Promise<void> {
  try {
    await ConversationEntity.delete({ contactId })
      .where((stored, { eq }) => eq(stored.messageId, messageId))
      .go(context.table);
  } catch (error) {
    if (!isConditionFailure(error)) throw error;
  }
}
