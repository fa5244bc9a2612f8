import { createConversions } from "electrodb";
import {
  Busy,
  type Context,
  epochSeconds,
  type Instant,
  isConditionFailure,
  NotFound,
  plus,
  type Write,
} from "../../platform/index.ts";
import { MessageEntity } from "./message.entity.ts";
import type { Answered, InboxReason, Message } from "./message.ts";

/** How long what a patient wrote is kept. */
const KEPT = { days: 365 };

/** The message as it stands now. Throws {@link NotFound}. */
export async function get(context: Context, messageId: string): Promise<Message> {
  const { data } = await MessageEntity.get({ messageId }).go({ ...context.table, consistent: true });
  if (!data) throw new NotFound("message", messageId);
  return data as Message;
}

/** The write that keeps a message. */
export const insert = (message: Message, refused: () => Error): Write => ({
  action: "Put",
  change: MessageEntity.create({
    ...message,
    patientIds: [...message.patientIds],
    ttl: epochSeconds(plus(message.receivedAt, KEPT)),
  }),
  refused,
});

/** Puts a message before a person, unless it was before. */
export async function open(
  context: Context,
  { messageId, organizationId, receivedAt }: Message,
  reason: InboxReason,
): Promise<void> {
  try {
    await MessageEntity.patch({ messageId })
      .set({ status: "open", reason })
      .composite({ organizationId, receivedAt })
      .where(({ status }, { eq }) => eq(status, "received"))
      .go(context.table);
  } catch (error) {
    if (!isConditionFailure(error)) throw error;
  }
}

/** Notes which message of ours a message answers, once it is known. */
export async function identify(context: Context, messageId: string, answers: Answered): Promise<void> {
  await MessageEntity.patch({ messageId }).set({ answers }).go(context.table);
}

/** Decides what is done about a message: the first decision stands, however often it is taken. */
export async function decide<Plan extends object>(
  context: Context,
  messageId: string,
  plan: Plan,
): Promise<Plan> {
  try {
    await MessageEntity.patch({ messageId })
      .set({ plan })
      .where((stored, { notExists }) => notExists(stored.plan))
      .go(context.table);
    return plan;
  } catch (error) {
    if (!isConditionFailure(error)) throw error;
    const { data } = await MessageEntity.get({ messageId }).go({ ...context.table, consistent: true });
    return data?.plan as Plan;
  }
}

/** The write that takes a message out of the inbox. */
export const closed = (
  { messageId, organizationId, receivedAt }: Message,
  { by, at }: { by: string; at: Instant },
  refused: () => Error,
): Write => ({
  action: "Update",
  change: MessageEntity.patch({ messageId })
    .set({ status: "closed", closedBy: by, closedAt: at })
    .composite({ organizationId, receivedAt })
    .where(({ status }, { eq }) => eq(status, "open")),
  refused,
});

const conversions = createConversions(MessageEntity);

/** A clinic's open messages, newest first. Throws {@link Busy} rather than leave one out. */
export async function openOf(
  context: Context,
  organizationId: string,
  { limit, cursor }: { limit: number; cursor?: string },
): Promise<{ messages: Message[]; cursor: string | null }> {
  const page: { data: readonly object[]; cursor: string | null } = await MessageEntity.query
    .open({ organizationId })
    .go({ ...context.table, order: "desc", limit, cursor: cursor ?? null, data: "includeKeys" });
  if (page.data.length === 0) return { messages: [], cursor: page.cursor };
  const keys = page.data.map((row) =>
    conversions.byAccessPattern.primary.fromKeys.toComposite<{ messageId: string }>({ ...row }),
  );
  const found = await MessageEntity.get(keys).go({ ...context.table });
  const rows = new Map(found.data.map((row) => [row.messageId.toLowerCase(), row as Message]));
  const messages = keys.map(({ messageId }) => rows.get(messageId.toLowerCase()));
  if (!messages.every((message) => message !== undefined)) throw new Busy();
  return { messages, cursor: page.cursor };
}
