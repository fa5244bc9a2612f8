import {
  type Actor,
  Audit,
  type ChannelName,
  type Context,
  commit,
  Forbidden,
  type Instant,
  idFrom,
  nameOf,
  Outbox,
  requireStaff,
} from "../../platform/index.ts";
import { closed, get, insert, openOf } from "./message.store.ts";
import type { Answered, InboxEntry, Media, Message } from "./message.ts";

interface Received {
  readonly organizationId: string;
  readonly provider: string;
  /** Unique with the provider: the same one is the same message. */
  readonly providerMessageId: string;
  readonly channel: ChannelName;
  readonly from: string;
  readonly text: string;
  readonly attachment?: string;
  readonly media?: Media;
  readonly patientIds: readonly string[];
  readonly quotes?: string;
  readonly answers?: Answered;
  readonly receivedAt: Instant;
}

/** Kept before: nothing is left to do. */
class Kept extends Error {}

/** Keeps what somebody wrote, and tells of it in the same transaction. Twice is once. */
export async function receive(
  context: Context,
  { providerMessageId, ...received }: Received,
): Promise<{ messageId: string }> {
  const { organizationId, provider, channel, from, answers, receivedAt } = received;
  const text = received.text.slice(0, MOST_CHARACTERS);
  const messageId = idFrom(
    "message",
    context.keys.derive("message", organizationId, provider, providerMessageId),
  );
  const reservationId = answers?.about.startsWith("res_") ? answers.about : undefined;
  try {
    await commit(context, [
      insert({ ...received, text, messageId, status: "received" }, () => new Kept()),
      Outbox.tell(
        context,
        { kind: "public" },
        {
          organizationId,
          about: messageId,
          events: ["message/received"],
          data: { messageId, channel, from, body: text, receivedAt, reservationId },
        },
      ),
    ]);
  } catch (error) {
    if (!(error instanceof Kept)) throw error;
  }
  return { messageId };
}

/** Twice what WhatsApp takes. */
const MOST_CHARACTERS = 8192;

const LIMIT = 50;

/** What a person of the actor's clinic has to read, newest first; the reading is logged. */
export async function list(
  context: Context,
  actor: Actor,
  { limit = LIMIT, cursor }: { limit?: number; cursor?: string },
): Promise<{ items: InboxEntry[]; nextCursor?: string }> {
  if (actor.kind !== "staff") throw new Forbidden();
  const { organizationId } = actor;
  await Audit.read(context, actor, { organizationId, about: organizationId, what: "inbox" });
  const page = await openOf(context, organizationId, { limit, cursor });
  return { items: page.messages.map(shown), ...(page.cursor && { nextCursor: page.cursor }) };
}

const shown = (message: Message): InboxEntry => ({
  messageId: message.messageId,
  channel: message.channel,
  from: message.from,
  text: message.text,
  attachment: message.attachment,
  ...(message.media && { media: { provider: message.provider, ...message.media } }),
  reason: message.reason!,
  patientIds: [...message.patientIds],
  appointmentId: message.answers?.appointmentId,
  receivedAt: message.receivedAt,
});

/** Somebody was faster: it is closed all the same. */
class Closed extends Error {}

/** A person has seen to it. May be repeated. Throws {@link Forbidden}, `not-found`. */
export async function close(context: Context, actor: Actor, messageId: string): Promise<void> {
  const message = await get(context, messageId);
  requireStaff(actor, message.organizationId, "message", messageId);
  if (message.status !== "open") return;
  const at = context.now();
  try {
    await commit(context, [
      closed(message, { by: nameOf(actor), at }, () => new Closed()),
      Audit.write({
        org: message.organizationId,
        about: messageId,
        entryId: context.newUlid(),
        action: "message/closed",
        by: nameOf(actor),
        at,
      }),
    ]);
  } catch (error) {
    if (!(error instanceof Closed)) throw error;
  }
}
