import { type Context, epochMillis, epochSeconds, isConditionFailure, plus } from "../../platform/index.ts";
import { ConversationEntity, ReassuredEntity } from "./conversation.entity.ts";
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
    ttl: epochSeconds(until),
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

/** Told once a day, so that two machines that answer each other come to an end. */
const REASSURED = { days: 1 };

/**
 * Whether this message is the one on which its contact is told that a person will read it: the first of a day. May be
 * repeated.
 */
export async function reassures(context: Context, contactId: string, messageId: string): Promise<boolean> {
  const now = epochMillis(context.now()) / 1000;
  try {
    await ReassuredEntity.put({
      contactId,
      messageId,
      ttl: epochSeconds(plus(context.now(), REASSURED)),
    })
      .where(
        (stored, { notExists, eq, lte }) =>
          `${notExists(stored.messageId)} OR ${eq(stored.messageId, messageId)} OR ${lte(stored.ttl, now)}`,
      )
      .go(context.table);
    return true;
  } catch (error) {
    if (!isConditionFailure(error)) throw error;
    return false;
  }
}
